# Drives a program on a pseudo-terminal: one JSON order a line on standard input, one JSON answer a line on standard output.
import errno, fcntl, json, os, pty, re, select, signal, struct, sys, termios, time

pid, master = pty.fork()
if pid == 0:
    os.environ['TERM'] = 'xterm-256color'
    os.execvp(sys.argv[1], sys.argv[1:])

seen = ''
place = 0
raw = b''


def take(seconds):
    """Reads what is there, waiting at most so long; False when the program has closed the terminal."""
    global seen, raw
    ready, _, _ = select.select([master], [], [], seconds)
    if not ready:
        return True
    try:
        data = os.read(master, 65536)
    except OSError as failure:
        if failure.errno != errno.EIO:
            raise
        data = b''
    if not data:
        return False
    raw += data
    seen = raw.decode('utf-8', 'replace')
    return True


def size(rows, columns):
    fcntl.ioctl(master, termios.TIOCSWINSZ, struct.pack('HHHH', rows, columns, 0, 0))


size(40, 120)
for line in sys.stdin:
    order = json.loads(line)
    answer = {}
    if 'send' in order:
        os.write(master, order['send'].encode())
    if 'resize' in order:
        size(*order['resize'])
    if 'signal' in order:
        os.kill(pid, getattr(signal, order['signal']))
    if 'expect' in order:
        until = time.time() + order.get('seconds', 20)
        while True:
            found = re.search(order['expect'], seen[place:], re.S)
            if found:
                answer = {'text': seen[place:place + found.end()]}
                place += found.end()
                break
            if time.time() > until or not take(0.2):
                answer = {'missing': order['expect'], 'text': seen[place:]}
                break
    if order.get('hangup'):
        # closing the master is what a terminal window does
        os.close(master)
        _, status = os.waitpid(pid, 0)
        answer = {'text': seen, 'code': os.waitstatus_to_exitcode(status)}
    elif order.get('wait'):
        while take(0.2):
            pass
        _, status = os.waitpid(pid, 0)
        answer = {'text': seen[place:], 'code': os.waitstatus_to_exitcode(status)}
    print(json.dumps(answer), flush=True)
    if 'code' in answer:
        sys.exit()
# whoever drove it has gone: the program must not stay behind
os.kill(pid, signal.SIGKILL)
