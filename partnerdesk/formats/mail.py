"""Writes a message as an .eml file that a mail program opens as a draft."""

from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

from partnerdesk.domain.problems import EnvironmentTrouble
from partnerdesk.domain.words import QT_TRANSLATE_NOOP, text
from partnerdesk.formats.atomic import write_atomically

_TYPES = {".xlsx": ("application", "vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
          ".pdf": ("application", "pdf"), ".csv": ("text", "csv")}


def write_eml(
    path: Path | str, to: str, subject: str, body: str, attached: tuple[tuple[str, bytes], ...] = (), bcc: str = ""
) -> None:
    """Write a message with files (name, contents) as a draft (RFC 5322); those of `bcc` do not see each other.

    Raises EnvironmentTrouble.
    """
    path = Path(path)
    message = EmailMessage(policy=SMTP)
    # what mail programs take as the sign of a message that is still to be sent
    message["X-Unsent"] = "1"
    if to:
        message["To"] = _one_line(to)
    if bcc:
        message["Bcc"] = _one_line(bcc)
    message["Subject"] = _one_line(subject)
    message.set_content(body)
    for name, contents in attached:
        main, sub = _TYPES.get(Path(name).suffix.lower(), ("application", "octet-stream"))
        message.add_attachment(contents, maintype=main, subtype=sub, filename=name)
    data = message.as_bytes()
    try:
        write_atomically(path, lambda stream: stream.write(data))
    except OSError as error:
        raise EnvironmentTrouble(text(
            QT_TRANSLATE_NOOP("PartnerDesk", "“{file}” cannot be written: {reason}."), file=path.name,
            reason=error.strerror or str(error))) from error


def _one_line(words: str) -> str:
    return " ".join(words.split())
