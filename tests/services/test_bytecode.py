"""Byte code that is kept between two starts."""

import builtins
import marshal

from partnerdesk.services.bytecode import KeptCode

NAME = "shibokensupport/part.py"


def compiled(file, source=b"answer = 42\n", name=NAME):
    with KeptCode(file) as kept:
        code = compile(source, name, "exec")
    kept.save()
    return code


def test_that_the_second_start_runs_what_the_first_compiled(tmp_path):
    file = tmp_path / "kept" / "qt.code"
    compiled(file)
    version, known = marshal.loads(file.read_bytes())
    marked = compile("answer = 'kept'", NAME, "exec")
    file.write_bytes(marshal.dumps((version, {NAME: (known[NAME][0], marked)})))
    names = {}
    exec(compiled(file), names)
    assert names["answer"] == "kept"


def test_that_another_source_is_compiled_anew(tmp_path):
    file = tmp_path / "qt.code"
    compiled(file)
    names = {}
    exec(compiled(file, b"answer = 43\n"), names)
    assert names["answer"] == 43


def test_that_a_damaged_file_and_another_python_do_no_harm(tmp_path):
    file = tmp_path / "qt.code"
    for content in (b"", b"\x00\x01rubbish", marshal.dumps(("another", {NAME: (b"answer = 42\n", None)}))):
        file.write_bytes(content)
        names = {}
        exec(compiled(file), names)
        assert names["answer"] == 42


def test_that_nothing_else_is_kept_and_compile_is_given_back(tmp_path):
    before = builtins.compile
    file = tmp_path / "qt.code"
    compiled(file, name="elsewhere.py")
    assert not file.exists()
    assert builtins.compile is before
