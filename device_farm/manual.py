"""Help pages of the farm's commands."""

from harness.commands.command_manual import FARM, TRY, Page
from harness.language import _

PAGES: dict[str, Page] = {
    "farm": Page(
        FARM,
        _("Check many apps on many phones: tonight on this desk, or on a farm of hosts."),
        (_("Each of its commands has a help of its own: apprights farm COMMAND --help."),),
        (("apprights farm run apps --out tonight", _("a folder, on all phones that are ready")),),
    ),
    "farm run": Page(
        FARM,
        _("Check many apps on the phones of this desk; the same command goes on after any interruption."),
        (
            _("Clauses 1, 5 and 7, each phone an app at a time; --night adds clause 6, many apps on one phone."),
            _("Phones may come and go. What one cannot do goes to another. Ctrl-C puts phones back and seals; twice ends at once."),
            _(
                "Exit code: 1 a violation, 3 something could not be tested or decided, 0 otherwise, 2 wrong usage, no phone or a folder in "
                "use, 130 after Ctrl-C."
            ),
        ),
        (
            ("apprights farm run apks/ --out reports/tonight", _("a folder, on all phones that are ready")),
            ("apprights farm run a.apk b.apk --devices S1,S2 --night --out tonight", _("two phones, clause 6 too")),
            ("apprights farm run my_apps/ --virtual 4 --out reports/try", _("app files on virtual phones")),
        ),
    ),
    "farm status": Page(
        FARM,
        _("Say how every unit stands: its state, its tries, what came out, and where its run folder is."),
        (_("Also while they are worked at, and after whoever did is gone."),),
        (("apprights farm status --out reports/tonight --json", _("for programs")),),
    ),
    "farm submit": Page(
        FARM,
        _("Put apps into the queue: files, folders, lists, complaints; each once, however often it is submitted."),
        (
            _("A list is CSV (UTF-8 or GBK) or JSON lines; its heads are in Chinese or English. Words of a complaint choose the clauses."),
            _("What is wrong with a row is told with its file and line, and the rest goes on."),
            _("Exit code: 0 all, 1 some rows were refused (with --strict also a note), 2 wrong usage or nothing was submitted."),
        ),
        (
            ("apprights farm submit apks/ --out reports/farm --clause 5", _("a folder, for the phones of this desk")),
            (
                "apprights farm submit 12321.csv --apks apks/ --database postgresql://farm@db/farm",
                _("complaints, whose files lie in apks/"),
            ),
            ("apprights farm submit inbox/ --watch --database postgresql://farm@db/farm", _("what a store lays down before it lists it")),
        ),
    ),
    "farm devices": Page(
        FARM,
        _("List the phones: what each is, how it stands, and what to do where it does not work."),
        (
            _("Without --out or --database it is what adb shows on this computer now."),
            _("A quarantined phone comes back by itself: after a rest it is looked at, and tried with a unit that can wait."),
        ),
        (
            ("apprights farm devices --out tonight", _("the phones of a desk")),
            ("apprights farm devices --database postgresql://farm@db/farm --json", _("of a whole farm, for programs")),
            ("apprights farm devices --out tonight --look --hubs hubs.toml", _("look now, and keep the batteries between 40 and 80 %")),
        ),
    ),
    "farm quarantine": Page(
        FARM,
        _("Take a phone out of work until it is released; what it does now it ends."),
        (),
        (
            ("apprights farm quarantine R5CT10ABCDE --out tonight --reason cracked", _("take it out")),
            ("apprights farm quarantine R5CT10ABCDE --out tonight --release", _("let it go: after a trial it works again")),
        ),
    ),
    "farm fetch": Page(
        FARM,
        _("Bring the run folder of a unit here out of the artifact store, each file held against its hash."),
        (_("'farm status' shows such a run as artifact:NAME; the dashboard has its report, pictures and files at /units/N."),),
        (("apprights farm fetch 17 --database postgresql://farm@db/farm", _("then: apprights report runs/NAME")),),
    ),
    "farm export": Page(
        FARM,
        _("Write what was found in a month or in a campaign as a list: CSV, XLSX, or JUnit for a build server."),
        (
            _("Without --month and --campaign: the month that is due next, on the 15th."),
            _("A suspicion is marked as one: it has to be looked at by a person before it is entered anywhere."),
        ),
        (
            ("apprights farm export 11.csv --month 2026-11 --out all", _("the 线索 of November")),
            ("apprights farm export 11.xlsx --month 2026-11 --told 2026-12-14 --out all", _("their working days begin")),
            ("apprights farm export results.xml --campaign NAME --out all", _("JUnit: what has no answer is an error")),
        ),
    ),
    "farm recount": Page(
        FARM,
        _("Make the counts that pages show anew from the results."),
        (_("They are kept by themselves; this is for a store that was filled by other means."),),
        (("apprights farm recount --out tonight", _("the store of a desk")),),
    ),
    "farm init": Page(
        FARM,
        _("Make the tables of a farm in PostgreSQL, or bring them up to this version."),
        (_("Where artifacts lie is kept there for all hosts. The rights that a host's role needs are printed."),),
        (("apprights farm init --artifacts /mnt/farm", _("once, and again after each upgrade")),),
    ),
    "farm serve": Page(
        FARM,
        _("Hand out units to the phones of all hosts, and take back those of the dead; until Ctrl-C."),
        (
            _("A label that no phone has, a nearly full disk, a silent host and a clock that is off are told here."),
            _("Start it on two computers, and one takes over when the other is gone."),
        ),
        (("APPRIGHTS_DATABASE=postgresql://farm@db/farm apprights farm serve", _("on one computer, or two")),),
    ),
    "farm worker": Page(
        FARM,
        _("Put the phones of this computer at the service of a farm, until Ctrl-C."),
        (
            _("Phones may come and go. A database that is away is waited for; what runs goes on meanwhile."),
            _("SIGTERM or Ctrl-C lets every phone end its unit; a second one breaks it off, and the unit is done elsewhere."),
        ),
        (("APPRIGHTS_DATABASE=postgresql://farm@db/farm apprights farm worker", _("on each host with phones")),),
    ),
    "farm dev": Page(
        FARM,
        _("A whole farm on this computer, with a PostgreSQL of its own in a folder; until Ctrl-C."),
        (_("It needs the extras farm and embedded. What was done stays in the folder, and the same command goes on."),),
        (("apprights farm dev --out farm --virtual 2", _("two virtual phones; then submit to the URL that it prints")),),
    ),
    "farm cancel": Page(
        FARM,
        _("Cancel units that have no end yet; those that run stop within seconds."),
        (),
        (("apprights farm cancel --campaign tonight", _("all of a campaign")),),
    ),
    "farm retry": Page(
        FARM,
        _("Let units wait again that were given up, quarantined or cancelled."),
        (_("What was tried before stays as history; a unit with results is not done again: submit it in another campaign."),),
        (("apprights farm retry 17 --database postgresql://farm@db/farm", _("one unit, as 'farm status' numbers it")),),
    ),
    "farm drain": Page(
        FARM,
        _("Let hosts or phones end what they do and take nothing more."),
        (),
        (
            ("apprights farm drain host2", _("before host2 is switched off or brought up to date")),
            ("apprights farm drain host2 --undo", _("it takes units again")),
        ),
    ),
    "farm simulate": Page(
        FARM,
        _("Say how many phones, hosts, disks and people a campaign takes, by simulating it event by event."),
        (_("Faults, weekends and shared nights included; every number it assumes can be given anew."),),
        (
            ("apprights farm simulate", _("the notice's own target: 400,000 apps in 139 days")),
            ("apprights farm simulate --clause 6 --alone", _("without shared nights")),
            ("apprights farm simulate --apps 3000 --days 7 --phones 20", _("what twenty phones do in a week")),
        ),
    ),
    "farm web": Page(
        FARM,
        _("Show what a farm does and found on pages for a browser; reading only, unless there is a token."),
        (
            _("Who has the text of --token-file, or of APPRIGHTS_FARM_TOKEN, may quarantine and release phones, cancel and retry units."),
            _("--messages names group chats of Feishu, DingTalk or WeCom; without it nothing is sent to anybody."),
            _("Ends with Ctrl-C."),
        ),
        (
            ("apprights farm web --out tonight", _("the store of a desk, on http://127.0.0.1:8416/")),
            ("apprights farm web --database postgresql://farm@db/farm --token-file token", _("the store of a farm, with acting")),
        ),
    ),
    "demo": Page(
        TRY,
        _("Check the sample apps, one of each kind, on virtual devices and write a page of what they did; no phone is needed."),
        (
            _("The page is there when three apps are done, and grows. Ctrl-C leaves a page of what is done."),
            _("Exit code: 0 done, 1 an app could not be checked, 2 none could, 130 after Ctrl-C."),
        ),
        (("apprights demo", _("writes reports/demo/report.html, and opens it where there is a desktop")),),
    ),
    "prove": Page(
        TRY,
        _("Install known apps on the phone, drive them, and compare what the phone showed with what they do."),
        (
            _("Eight apps of 8 kB, which are taken away again; docs/prove.md says what each does and what a difference means."),
            _("Exit code: 1 something differs, 3 an app could not be driven to its end, 0 all as expected, 2 no device."),
        ),
        (("apprights prove --serial SERIAL", _("some ten minutes; --reboot restarts the phone too")),),
    ),
    "record": Page(
        TRY,
        _("Make a recording of the app of RUN: its screens, and what led from one to the next."),
        (
            _("A virtual device plays it: apprights check FOLDER. Nothing of it is clear; docs/recordings.md says what stands in it."),
            _("Exit code: 0, 2 wrong usage, 3 what cannot be read or written."),
        ),
        (("apprights record runs/1 -o recorded/shop --profile shop.toml", _("with the profile's [redact] words blacked out")),),
    ),
    "selftest": Page(
        TRY,
        _("Check the sample apps on virtual devices and compare with what each must get."),
        (
            _("It proves a change to AppRights, not a phone."),
            _("Exit code: 0 as expected, 1 an outcome differs, 3 an app file cannot be used, 130 after Ctrl-C."),
        ),
        (
            ("apprights selftest --apps my_apps", _("your own app files")),
            ("apprights selftest --scenes", _("all clauses at once: each sample is accused of its scenes, and of no other")),
            ("apprights selftest --matrix", _("every pair of Android version and ROM; goes on where it was interrupted")),
        ),
    ),
    "virtual": Page(
        TRY,
        _("Start virtual Android devices that the real adb connects to."),
        (_("Prints 127.0.0.1:PORT, a line a device, once it accepts connections. Ends with Ctrl-C."),),
        (
            ("apprights virtual --android 13 --rom aosp --app shop.py", _("then: adb connect 127.0.0.1:PORT")),
            ("apprights virtual --app twins/shop.py --show", _("the app that a twin makes, as one file")),
            ("apprights virtual ctl 127.0.0.1:PORT truth", _("what really happened on it")),
        ),
    ),
    "virtual ctl": Page(
        TRY,
        _("Make trouble for a running virtual device, or ask it."),
        (
            _("fault NAME [ARGUMENTS | off]: a fault, on or off; without a name, which there are."),
            _("option [NAME on|off]: what a tester switches on a phone of this ROM before adb may do its work."),
            _("truth: what really happened. facts: what it knows of Android and the ROM. unmodelled: the commands it refused."),
            _("touch X Y, touch X Y TO_X TO_Y, touch KEY: what a person's hand does. sensor: what a sensor says."),
        ),
        (("apprights virtual ctl 127.0.0.1:PORT fault low-memory-kill com.example.shop", _("Android ends the app for memory")),),
    ),
    "virtual facts": Page(
        TRY,
        _("Print every fact about Android and the ROMs that virtual devices use, with its value and source."),
        (),
        (("apprights virtual facts --android 15 --rom pixel", _("of one phone only")),),
    ),
}
