"""``cmd jobscheduler``: run or cancel jobs by hand.

Source: frameworks/base apex/jobscheduler/service/java/com/android/server/job/JobSchedulerShellCommand.java (12).
"""

from device_farm.virtual.shell.call import Call
from device_farm.virtual.shell.service_command import FAILED, Arguments, Service, skip_user

_NO_PACKAGE, _NO_JOB, _CONSTRAINTS = -1000, -1001, -1002  # CMD_ERR_*


async def run_job(call: Call, arguments: Arguments) -> int:
    """``run [-f | -s] [-u USER] PACKAGE JOB``."""
    force = satisfied = False
    while (option := arguments.option()) is not None:
        if option in ("-f", "--force"):
            force = True
        elif option in ("-s", "--satisfied"):
            satisfied = True
        elif option == "-u" or option == "--user":
            arguments.required()
        else:
            await call.print(f"Error: unknown option '{option}'")
            return FAILED
    if force and satisfied:
        await call.print("Cannot specify both --force and --satisfied")
        return FAILED
    name, number = arguments.required(), arguments.number()
    jobs = call.device.system.jobs
    job = jobs.find(name, number)
    if name not in call.device.system.packages:
        await call.error(f"Package not found: {name} / user 0")
        return _NO_PACKAGE & 0xFF
    if job is None:
        await call.error(f"Could not find job {number} in package {name} / user 0")
        return _NO_JOB & 0xFF
    if not force and jobs.satisfied(job) != job.constraints:
        await call.error(f"Job {number} in package {name} / user 0 has functional constraints but --force not specified")
        return _CONSTRAINTS & 0xFF
    jobs.run(job, forced=True)
    await call.print("Running job [FORCED]" if force else "Running job")
    return 0


async def cancel(call: Call, arguments: Arguments) -> int:
    """``cancel [-u USER] PACKAGE [JOB]``."""
    while (option := arguments.option()) is not None:
        if not skip_user(arguments, option) and option != "-u":
            await call.print(f"Error: unknown option '{option}'")
            return FAILED
        if option == "-u":
            arguments.required()
    name, number = arguments.required(), arguments.next()
    jobs = call.device.system.jobs
    if name not in call.device.system.packages:
        await call.print(f"Package {name} not found.")
        return FAILED
    if number is None:
        await call.print(f"Canceling all jobs for {name} in user 0")
        jobs.remove_package(name)
        return 0
    await call.print(f"Canceling job {name}/#{number} in user 0")
    job = jobs.find(name, int(number)) if number.isdigit() else None
    if job is None:
        await call.print("No matching jobs found.")
        return 0
    jobs.cancel(job.component.class_name)
    return 0


SERVICE = Service(
    {"run": run_job, "cancel": cancel},
    """get-battery-charging get-job-state monitor-battery get-battery-seq get-storage-seq get-storage-not-low heartbeat
    reset-execution-quota reset-schedule-quota trigger-dock-state get-battery-not-low timeout""",
)
