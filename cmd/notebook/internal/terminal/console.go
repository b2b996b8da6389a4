package terminal

import (
	"bytes"
	"errors"
	"io"
	"os"
	"strings"
	"sync"

	"golang.org/x/term"

	"notebook"
)

// A Console writes to the user. Its methods may be called from several
// goroutines.
type Console struct {
	mu       sync.Mutex
	out, err file
	color    colors    // of messages
	progress *progress // nil where standard error is no terminal
	midLine  bool      // the cursor of the terminal is not at the start of a line
}

// A file is standard output or standard error.
type file struct {
	io.Writer
	terminal bool
}

// New makes a console of standard output and standard error. Colors and
// progress need a terminal; the environment can switch the colors off with
// NO_COLOR, and both with TERM=dumb.
func New(out, err *os.File, getenv func(string) string) *Console {
	c := &Console{
		out: file{out, term.IsTerminal(int(out.Fd()))},
		err: file{err, term.IsTerminal(int(err.Fd()))},
	}
	if c.err.terminal && getenv("TERM") != "dumb" {
		c.color = getenv("NO_COLOR") == ""
		c.progress = newProgress(err)
	}
	return c
}

// Interactive reports whether a person watches standard error.
func (c *Console) Interactive() bool { return c.progress != nil }

// Result writes a line to standard output.
func (c *Console) Result(line string) error { return c.write(c.out, []byte(line+"\n")) }

// Out returns standard output, for bytes that are written as they are.
func (c *Console) Out() io.Writer { return stream{c, c.out} }

// Err returns standard error, for bytes that are written as they are.
func (c *Console) Err() io.Writer { return stream{c, c.err} }

// Message writes a line for the user to standard error.
func (c *Console) Message(line string) { c.say(printable(line)) }

// Heading writes a line that sets off what follows to standard error.
func (c *Console) Heading(line string) { c.say(c.color.dim(printable(line))) }

// Success and Failure write the closing line of a note to standard error.
func (c *Console) Success(line string) { c.closing(c.color.green("✓ "), line) }

// Failure is like Success for a note that is not as it should be.
func (c *Console) Failure(line string) { c.closing(c.color.red("✗ "), line) }

func (c *Console) closing(sign, line string) {
	if !c.Interactive() {
		sign = ""
	}
	c.say(sign + printable(line))
}

// Diagnostic writes what is wrong in a note, with its place and its hint.
func (c *Console) Diagnostic(d notebook.Diagnostic) {
	place := d.File
	if d.Position.IsValid() {
		place += ":" + d.Position.String()
	}
	text := c.color.bold(printable(place)+":") + " "
	if d.Severity == notebook.Warning {
		text += c.color.yellow("warning:") + " "
	}
	c.say(text + printable(d.Message))
	c.hint(d.Hint)
}

// Error writes an error and, where it has a method Hint, the next step.
func (c *Console) Error(err error) {
	c.say(printable(err.Error()))
	var hinter interface{ Hint() string }
	if errors.As(err, &hinter) {
		c.hint(hinter.Hint())
	}
}

// hint writes the next step for the user; what has several lines, such as a
// difference, explains itself.
func (c *Console) hint(text string) {
	switch {
	case strings.Contains(text, "\n"):
		c.Detail(text)
	case text != "":
		c.say(c.color.dim("hint: " + printable(text)))
	}
}

// Detail writes what explains the message before it: indented, line by line.
func (c *Console) Detail(text string) {
	for line := range strings.Lines(text) {
		c.say(c.color.dim("  " + printable(strings.TrimRight(line, "\n"))))
	}
}

// say writes a line to standard error. That nobody can read it any more is no
// reason to fail: the exit code still tells.
func (c *Console) say(line string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.midLine {
		line = "\n" + line
	}
	_ = c.writeLocked(c.err, []byte(line+"\n"))
}

func (c *Console) write(f file, data []byte) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.writeLocked(f, data)
}

// writeLocked keeps the progress line and what is written apart.
func (c *Console) writeLocked(f file, data []byte) error {
	if len(data) == 0 {
		return nil
	}
	c.progress.clear()
	_, err := f.Write(data)
	if f.terminal {
		c.midLine = !bytes.HasSuffix(data, []byte("\n"))
	}
	return err
}

// A stream is one of a console's files as a writer.
type stream struct {
	console *Console
	file    file
}

// Write implements io.Writer.
func (s stream) Write(data []byte) (int, error) {
	if err := s.console.write(s.file, data); err != nil {
		return 0, err
	}
	return len(data), nil
}
