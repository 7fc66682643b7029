"""An office in which deeds are done, questions asked and things to do are noted."""

from partnerdesk.domain.followups import FollowUp
from partnerdesk.domain.journal import Deed
from partnerdesk.domain.words import Text
from partnerdesk.services import followups, journal
from partnerdesk.services.office import create_file, do, set_home

WHO = "Marta Ilves"


class Desk:
    """An office in which deeds are done and questions asked."""

    def __init__(self, path):
        self.office = create_file(path)
        self.do(set_home(name="Northbridge"))

    def do(self, deed):
        return do(self.office, deed, WHO)[0]

    def news(self, deed):
        return do(self.office, deed, WHO)[1]

    def ask(self, question, *args, **named):
        with self.office.read() as reader:
            return question(reader, *args, **named)

    def add(self, *records):
        return self.do(Deed(Text("add"), lambda unit: [unit.add(one).id for one in records]))

    def get(self, record, record_id):
        return self.ask(lambda reader: reader.get(record, record_id))

    def undo(self):
        self.do(journal.undo_deed(self.ask(journal.undo_state).undo))

    def everything_the_journal_says(self):
        return self.ask(lambda reader: reader.connection.exec_driver_sql(
            "SELECT group_concat(label || label_values) || (SELECT group_concat(coalesce(before, '') || "
            "coalesce(after, '')) FROM history) FROM step").scalar())

    def follow(self, title, kind="", record_id=0, **fields):
        made = self.do(followups.add_followup(followups.new_followup(kind, record_id, title, **fields)))
        return self.get(FollowUp, made)
