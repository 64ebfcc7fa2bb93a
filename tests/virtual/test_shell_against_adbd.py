"""The shell beside that of Debian (dash), through the shell protocol.

Random scripts print the same and end with the same code.

Both are POSIX shells; the scripts keep to what POSIX says of them. What they print on standard error is worded
differently, so only whether they do is compared.
"""

from typing import NamedTuple

from hypothesis import given
from hypothesis import strategies as st

from device_farm.virtual.adbd.shell_service import EXIT, STDERR, STDOUT
from tests.virtual.adbd_pairs import QUICK, Both

FOLDER = "/tmp/scripts"


class Outcome(NamedTuple):
    out: bytes
    complains: bool
    code: bytes


def outcome(said: bytes) -> Outcome:
    texts = {STDOUT: b"", STDERR: b"", EXIT: b""}
    while said:
        size = int.from_bytes(said[1:5], "little")
        texts[said[0]] += said[5 : 5 + size]
        said = said[5 + size :]
    # POSIX only asks that a shell which cannot do something ends with more than 0: dash takes 2, mksh 1
    return Outcome(texts[STDOUT], bool(texts[STDERR]), texts[EXIT].replace(b"\2", b"\1"))


words = st.sampled_from(
    [
        "a", "'b  c'", '"$x"', "$x", "$y", '"$@"', "$*", "$#", "$1", "${x:-d e}", '"${y:-d e}"', "${x:+s}", "${#x}",
        "$(echo s t)", '"$(printf \'a\\n b\\n\\n\')"', "$?", "*", "f*", "[fg]", "''", "\\$x",
        "a\\ b",
        '"a  $x"', "`echo q`", "#no", "a#b", "~", "=", "!", "{", "}", "a=b", '"\\$x \\" \\\\"', "$(exit 3)", "'*'", '""$y', "中文",
    ]
)  # fmt: skip
names = st.sampled_from(["x", "y", "n"])
files = st.sampled_from(["f", "g", "'h i'", "sub/f"])
lists = st.lists(words, max_size=4).map(" ".join)
simple = st.one_of(
    st.builds("echo {}".format, lists),
    st.builds("printf '%s|' {}".format, lists),
    st.builds("{}={}".format, names, words.filter(lambda word: word not in {"$@", '"$@"', "~"})),
    st.builds("[ {} = {} ]".format, words.map('"{}"'.format), words.map('"{}"'.format)).filter(
        lambda text: '""' not in text.replace('"" ', "")
    ),
    st.builds("set -- {}".format, lists.filter(lambda text: not text.startswith(("-", "+")))),
    st.builds("echo {} > {}".format, words, files),
    st.builds("echo {} >> {}".format, words, files),
    st.builds("cat < {}".format, files),
    st.builds("cat {} 2> /dev/null".format, files),
    st.builds("read x y < {}".format, files),
    st.builds("eval {}".format, st.sampled_from(["'echo $x'", "x=5", "'exit 4'", '"x=$x"'])),
    st.builds("exit {}".format, st.integers(0, 300)),
    st.builds("[ {} {} {} ]".format, st.integers(-2, 2), st.sampled_from(["-lt", "-eq", "-ge", "-ne"]), st.integers(-2, 2)),
    st.builds("test {} {}".format, st.sampled_from(["-f", "-d", "-e", "-s", "-n", "-z", "! -f"]), files),
    st.sampled_from(
        [
            "true", "false", ":", "nonesuch", "cd sub", "cd nowhere", "pwd", "shift", "unset x", "echo e >&2", "rm -f f g",
            "trap 'echo bye' EXIT", "exec 2> /dev/null", "export x; sh -c 'echo $x'", "echo one two | { read x y; echo $y; }",
            "sleep 0 & wait", "false & wait $!",
        ]
    ),
)  # fmt: skip


def compound(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(
        st.builds("{}\n{}".format, inner, inner),
        st.builds("{} && {}".format, simple, simple),
        st.builds("{} || {}".format, simple, simple),
        st.builds("! {}".format, simple.filter(lambda text: "\n" not in text)),
        st.builds("if {}\nthen {}\nelse {}\nfi".format, inner, inner, inner),
        st.builds("for i in {}; do echo $i\n{}\ndone".format, lists, inner),
        st.builds("set -- 1 2 3; while [ $# -gt 0 ]; do shift; {}\n{}\ndone".format, st.sampled_from([":", "continue", "break"]), inner),
        st.builds("({}\n)".format, inner),
        st.builds("{{ {}\n}}".format, inner),
        st.builds("{{ {}\n}} | cat".format, inner),
        st.builds("x=$({}\n)\necho \"$x\"".format, inner),
        st.builds("{{ {}\n}} > out\ncat out".format, inner),
    )  # fmt: skip


# GNU cat refuses to read the file it writes to
scripts = st.recursive(simple, compound, max_leaves=8).filter(lambda script: script.count("> out") < 2)


@QUICK
@given(script=scripts)
def test_scripts(both: Both, script: str) -> None:
    whole = f"rm -rf {FOLDER}; mkdir -p {FOLDER}/sub; cd {FOLDER}; echo 'first line' > f; x='a  b'; HOME=/home; set -- p 'q r'\n{script}\n"
    ours, theirs = (outcome(said.data) for said in both.converse(b"shell,v2:" + whole.encode()))
    assert ours == theirs, f"\n{script}\n  ours:   {ours}\n  theirs: {theirs}"
