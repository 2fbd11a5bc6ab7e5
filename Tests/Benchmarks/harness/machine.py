"""What a run was measured on."""

import datetime
import os
import platform
import subprocess


def description(folder):
    """The machine, its disk and the date, on one line each."""
    return "\n".join(
        [
            f"date     {datetime.datetime.now(datetime.timezone.utc):%Y-%m-%d %H:%M} UTC",
            f"machine  {cpu()}, {os.cpu_count()} cores, {memory()} GB, {platform.system()} {platform.release()}",
            f"disk     {filesystem(folder)}",
            f"load     {os.getloadavg()[0]:.1f} when the run began",
        ]
    )


def keep_apart(folder):
    """Has each folder in a new one stand in its own part of the disk, on ext4.

    It looks at each file that was removed in a part in the last minutes before it makes another one there, so that what
    is measured next would pay for what was measured before.
    """
    subprocess.run(["chattr", "+T", folder], capture_output=True, check=False)


def cpu():
    with open("/proc/cpuinfo", encoding="utf-8") as file:
        for line in file:
            if line.startswith("model name"):
                return line.split(":", 1)[1].strip()
    return platform.machine()


def memory():
    with open("/proc/meminfo", encoding="utf-8") as file:
        return round(int(file.readline().split()[1]) / 1024 / 1024)


def filesystem(folder):
    rows = subprocess.run(["df", "--output=source,fstype", folder], capture_output=True, text=True, check=True)
    return " ".join(rows.stdout.splitlines()[1].split())
