# A terminal for a test: `terminal.py COLUMNS ROWS COMMAND…` runs the command in one. Its stdin is typed into the terminal,
# its stdout is what the terminal shows, and its exit code is the command's. The end of stdin hangs up.
import fcntl, os, pty, select, struct, sys, termios

columns, rows, *command = sys.argv[1:]
pid, terminal = pty.fork()
if pid == 0:
    fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack('HHHH', int(rows), int(columns), 0, 0))
    os.execvp(command[0], command)

while True:
    ready, _, _ = select.select([0, terminal], [], [])
    if terminal in ready:
        try:
            shown = os.read(terminal, 65536)
        except OSError:  # the command and its children have left the terminal
            break
        os.write(1, shown)
    if 0 in ready:
        typed = os.read(0, 65536)
        if not typed:
            # The system sends SIGHUP once. A second signal could come when the command no longer handles any.
            os.close(terminal)
            break
        os.write(terminal, typed)

_, status = os.waitpid(pid, 0)
code = os.waitstatus_to_exitcode(status)
sys.exit(code if code >= 0 else 128 - code)
