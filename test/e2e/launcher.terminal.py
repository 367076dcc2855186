# A terminal and a shell with one job: what a test does at a keyboard, and what a shell would notice of it.
# In, a line each: `keys <hex>` is typed, `fg` continues the stopped job.
# Out, a line each: `shown <text>` on the terminal, `started <pid>`, `stopped`, `ended <status, negative for a signal>`.
import os, pty, signal, sys, termios, threading

reports = os.dup(1)
continue_reads, continue_writes = os.pipe()


def report(*words):
    os.write(reports, (' '.join(str(word) for word in words) + '\n').encode())


def shell(command):
    modes = termios.tcgetattr(0)
    modes[3] &= ~termios.ECHO  # or ^C and ^Z stand before the next thing that is shown
    termios.tcsetattr(0, termios.TCSANOW, modes)
    signal.signal(signal.SIGTTOU, signal.SIG_IGN)  # a shell takes the terminal back from the background
    job = os.fork()
    if job == 0:
        os.setpgid(0, 0)
        os.tcsetpgrp(0, os.getpid())
        signal.signal(signal.SIGTTOU, signal.SIG_DFL)
        os.execv(command[0], command)
    report('started', job)
    while True:
        _, status = os.waitpid(job, os.WUNTRACED)
        os.tcsetpgrp(0, os.getpid())
        if not os.WIFSTOPPED(status):
            return report('ended', os.waitstatus_to_exitcode(status))
        report('stopped')
        os.read(continue_reads, 1)
        os.tcsetpgrp(0, job)
        os.killpg(job, signal.SIGCONT)


def show(terminal):
    try:
        for line in os.fdopen(terminal, 'rb', closefd=False):
            report('shown', line.decode().rstrip())
    except OSError:
        os._exit(0)  # nobody is at the other side of the terminal any more


pid, terminal = pty.fork()
if pid == 0:
    shell(sys.argv[1:])
    os._exit(0)
threading.Thread(target=show, args=[terminal], daemon=True).start()
for order in sys.stdin:
    if order == 'fg\n':
        os.write(continue_writes, b'.')
    else:
        os.write(terminal, bytes.fromhex(order.removeprefix('keys ')))
