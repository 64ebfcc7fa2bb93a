"""The help of each command as plain data, so that no command is loaded to print it.

Packages that bring commands of their own (``harness.commands.lazy``) have such pages in a module ``manual``.
"""

from dataclasses import dataclass

from harness.language import Text, _


@dataclass(frozen=True, slots=True)
class Page:
    """One command: where it stands in the list, one line of what it does, more about it, and what people type.

    ``examples`` are a command line each, with a word on it where it needs one.
    """

    group: Text
    summary: Text
    about: tuple[Text, ...] = ()
    examples: tuple[tuple[str, Text], ...] = ()


CHECK = _("Check an app")
RUNS = _("Runs and reports")
PHONES = _("Phones")
FARM = _("Farm")
FILES = _("Files")
DEVELOPERS = _("For developers")
TRY = _("Try it out")
MORE = _("More")
GROUPS = (CHECK, RUNS, PHONES, FARM, FILES, TRY, DEVELOPERS, MORE)
"""In the order of the help."""

ABOUT = _("Deny an Android app its permissions, watch what it does, and prove it (MIIT notice 164).")

_CODES = _(
    "Exit code: 0 no violation, 1 a violation, 2 wrong usage, no phone or a phone in use, 3 nothing could be decided, 130 after Ctrl-C."
)
_ALTERED = _("Exit code: 0 done, 1 the run was altered since it was sealed, 3 a file cannot be read.")
_READ = _("Exit code: 0 done, 3 a file cannot be read.")

PAGES: dict[str, Page] = {
    "check": Page(
        CHECK,
        _("Deny an app every permission it asks for, leave it alone, watch what it does, and judge it."),
        (
            _("The data of the app is cleared to get back to its first start: on a terminal you are asked once."),
            _("Clauses 1 and 5 take 5 to 15 minutes on a phone, clause 6 about six hours."),
            _CODES,
        ),
        (
            ("apprights check com.example.shop", _("an installed app")),
            ("apprights check shop.apk --clause 1 --clause 5", _("an APK file, without the long clause 6")),
            ("apprights check shop.py", _("an app file on a virtual device")),
            ("apprights check a.apk b.apk --serial S1 --serial S2 -o report.html", _("apps spread over phones, and one report")),
        ),
    ),
    "walk": Page(
        CHECK,
        _("Walk through an app from its first start, refuse every permission, and draw the map."),
        (_("Nothing is judged. The data of the app is cleared."),),
        (
            ("apprights walk com.example.shop", _("its screens, and where it asks for which permission")),
            ("apprights walk com.example.shop --replay RUN", _("a recorded walk again, step for step")),
        ),
    ),
    "watch": Page(
        CHECK,
        _("Record and judge an app while you use it, or while the phone is left alone."),
        (
            _("Your touches are read from the phone and are on record as yours. Nothing is cleared, opened or ended."),
            _("With --for the report goes by the hour: open the app and press Home before. A phone that is unplugged is waited for."),
            _CODES,
        ),
        (
            ("apprights watch com.example.shop", _("use the phone; press Enter when you are done")),
            ("apprights watch com.example.shop --for 24h", _("what it does in a night on its own")),
        ),
    ),
    "profile": Page(
        CHECK,
        _("Walk through an app once and print a first draft of its profile."),
        (_("The data of the app is cleared. What would excuse the app is commented out: only you can say that."),),
        (("apprights profile com.example.shop > shop.toml", _("then edit the file, and give it to check --profile")),),
    ),
    "analyse": Page(
        RUNS,
        _("Judge a run folder again from its raw data; no phone is needed."),
        (_("With other versions of AppRights, or rules of another day, the result is written beside the old one."), _ALTERED),
        (("apprights analyse reports/runs/20260301-081500-com.example.shop-S", _("what has changed is listed")),),
    ),
    "verify": Page(
        RUNS,
        _("Check that nothing in a run folder was altered, that its results follow from it, or which runs a report is about."),
        (
            _("A folder that was altered and sealed again as a whole agrees with itself: only a root noted before tells it apart."),
            _("The results are derived again, which takes some seconds a run; --no-derive leaves that out, and says so."),
            _("Exit code: 0 intact, 1 a file or result differs or a report is of another run, 2 never sealed or not proved here."),
        ),
        (
            ("apprights verify", _("all runs below reports/runs")),
            ("apprights verify reports/runs/20260301-081500-com.example.shop-S", _("every file against the manifest")),
            ("apprights verify RUN --root HASH", _("and the whole against the root that was shown at the check")),
            ("apprights verify report.html RUN", _("whether the report is about this run")),
        ),
    ),
    "report": Page(
        RUNS,
        _("Put runs together into one report."),
        (_("The ending of the file says in which form: HTML, PDF, DOCX, JSON, CSV, XLSX or XML (JUnit)."), _ALTERED),
        (
            ("apprights report", _("the newest run, as {path}", path="reports/report.html")),
            ("apprights report reports/runs/* -o report.html -o report.xlsx", _("all runs, as a page and as a workbook")),
            ("apprights report --csv jira -o new.csv --known jira.csv", _("what Jira has not yet, for its import")),
        ),
    ),
    "review": Page(
        RUNS,
        _("Confirm or reject the findings of a run, with name and reason; the verdict of the machine stays beside it."),
        (
            _("Violations and what is suspected come first. Several people may review; nobody's word replaces another's."),
            _("Exit code: 0 done, 2 there is no such finding, or the run was never sealed or was altered."),
        ),
        (
            ("apprights review RUN", _("asks for each finding that nobody has reviewed")),
            ('apprights review RUN --finding KEY --reject --by "Li Si" --reason "..."', _("one finding, without a question")),
            ("apprights review RUN --json", _("the findings, their keys, and what people said")),
        ),
    ),
    "seal": Page(
        RUNS,
        _("Seal a run that was broken off, or have a sealed one stamped with the time by an authority."),
        (
            _("A check seals its own run. The authority is sent the hash of the manifest, and nothing else."),
            _("Exit code: 0 done, 2 the run is sealed already or was altered, or the authority did not answer, 3 it is no run."),
        ),
        (
            ("apprights seal RUN", _("a run that was broken off, as it is")),
            ("apprights seal RUN --tsa http://tsa.example.com", _("a time stamp (RFC 3161), which openssl ts -verify checks")),
        ),
    ),
    "sign": Page(
        RUNS,
        _("Sign a sealed run with an ed25519 key; openssl checks the signature without AppRights."),
        (
            _("A key is made once, with 'openssl genpkey -algorithm ed25519 -out key.pem'."),
            _("The key's passphrase is asked for, never typed on the command line. What a signature proves: docs/evidence.md."),
            _("Exit code: 0 done, 2 no such key, or the run was never sealed, was altered, or its results do not follow."),
        ),
        (('apprights sign RUN --key key.pem --by "Li Si"', _("then give the fingerprint of your key to whoever checks")),),
    ),
    "pack": Page(
        RUNS,
        _("Put sealed runs into one zip to hand on; the same runs are the same bytes, and 'apprights verify' reads it as it is."),
        (
            _("With --redact the words of the profile are blacked out in copies; the hash of each original stays known."),
            _("Exit code: 0 done, 2 a run was never sealed or was altered, or the file is there already."),
        ),
        (
            ("apprights pack RUN RUN -o runs.zip", _("prints the hash of the zip: note it elsewhere")),
            ("apprights pack RUN -o runs.zip --redact --profile shop.toml", _("without names, numbers and films")),
        ),
    ),
    "compare": Page(
        RUNS,
        _("Put two versions of an app beside each other, and answer a regulator's notice."),
        (
            _("Each problem is fixed, still there, new, or not comparable: what was not seen again on the same occasion is not fixed."),
            _("With --notice the regulator's own lines come first, each with its answer, and the days that are left."),
            _(
                "Exit code: 0 every problem is gone, 1 one is still there or new, or a run was altered, 2 wrong usage, "
                "3 a file cannot be read, or something could not be compared."
            ),
        ),
        (
            ("apprights compare OLD NEW -o rectification.docx", _("two runs, as a Word document to fill in and sign")),
            ("apprights compare --notice notice.toml --old OLD NEW -o rectification.html", _("the notice answered, as a page")),
        ),
    ),
    "examination": Page(
        RUNS,
        _("Write the record of an examination: clocks, who, device, state before and after, every act by time."),
        (_("It is made of the run folder alone; what no phone knows is 'not provided'."), _ALTERED),
        (("apprights examination reports/runs/20260301-081500-com.example.shop-S -o record.html", _("to sign and attach")),),
    ),
    "schema": Page(
        DEVELOPERS,
        _("Print the JSON Schema of what commands print for programs."),
        (),
        (("apprights schema > apprights.json", _("for whoever reads --json or report -o x.json")),),
    ),
    "rules": Page(
        RUNS,
        _("List the rules, or show one: its clause, its thresholds, and where each of them comes from."),
        (_("Rules and numbers of your own (apprights.toml) are among them, each with its file."),),
        (
            ("apprights rules --profile store-strict", _("with the thresholds of another profile")),
            ("apprights rules c5-dialog-loop", _("one rule in full, and what its outcomes mean")),
            ("apprights rules --labels --profile bulletins-2026", _("labels of regulators, each with its rules or why it has none")),
            ("apprights rules --as-of 2020-07-24", _("what was in force on that day")),
        ),
    ),
    "devices": Page(
        PHONES,
        _("List the phones that adb sees, and what to do where one cannot be used."),
        (),
        (("apprights devices", _("serials for --serial")),),
    ),
    "doctor": Page(
        PHONES,
        _("Check this computer and the phones, and say what to do."),
        (
            _("With --pack: properties of the build, abilities, and of 'apprights prove' result, dialogs and dumps: docs/prove.md."),
            _("Exit code: 0 in order, 1 where something must be put right first."),
        ),
        (
            ("apprights doctor", _("adb, Python, OpenCV, space, clock and phones, a line each")),
            ("apprights doctor --serial SERIAL --pack phone.zip", _("after 'apprights prove': what the phone can give")),
        ),
    ),
    "restore": Page(
        PHONES,
        _("Put phones back as they were before a check that broke off: clock, settings, and what adverts had loaded."),
        (
            _("The next check of a phone does so by itself. Without --serial every phone is put back that is connected."),
            _("Exit code: 0 all is as it was, 1 something is left, 2 a check uses the phone, 3 the record is damaged."),
        ),
        (("apprights restore", _("whatever there is to put back")),),
    ),
    "apk": Page(
        FILES,
        _("Show who an APK is: package, label, versions, permissions, certificate digests."),
        (_READ,),
        (
            ("apprights apk shop.apk", _("its identity")),
            ("apprights apk shop.apk --sdks --policy policy.txt", _("the SDKs in it, and whether the policy names them")),
        ),
    ),
    "parse": Page(
        DEVELOPERS,
        _("Read a log or dump of a phone and print the facts in it."),
        (_("docs/parse.md lists the formats."), _READ),
        (("apprights parse logcat log.txt", _("facts of a log, of a bugreport or its zip")),),
    ),
    "popup": Page(
        DEVELOPERS,
        _("Find the pop-up in screenshots: its box, scrim, close and confirm controls."),
        (_READ,),
        (
            ("apprights popup screen.png", _("one line a picture")),
            ("apprights popup after.png --before before.png --ocr --annotate seen.png", _("with a second witness, with words, drawn")),
        ),
    ),
    "completion": Page(
        MORE,
        _("Print the script with which a shell completes commands, options and serials."),
        (),
        (
            ('eval "$(apprights completion bash)"', _("a line for {file}", file="~/.bashrc")),
            ('eval "$(apprights completion zsh)"', _("a line for {file}, behind compinit", file="~/.zshrc")),
            ("apprights completion fish > ~/.config/fish/completions/apprights.fish", _("once")),
        ),
    ),
}
