package process

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"sync"
)

// runOutput is how many bytes of each output Run keeps.
const runOutput = 64 << 20

// Run runs a tool to its end and returns what it wrote. The error is the
// context's when that ended the tool, an [*ExitError] when the tool failed, and
// wraps [ErrOutputTooLong] when stdout is longer than the 64 MiB that are kept.
func Run(ctx context.Context, cmd Command) (stdout, stderr []byte, err error) {
	c, err := Start(ctx, cmd)
	if err != nil {
		return nil, nil, err
	}
	var out, errs capped
	var readers sync.WaitGroup
	readers.Go(func() { out.readAll(c.Stdout) })
	readers.Go(func() { errs.readAll(c.Stderr) })
	exit, err := c.Wait()
	readers.Wait()
	stdout, stderr = out.buf.Bytes(), errs.buf.Bytes()
	switch {
	case ctx.Err() != nil:
		return stdout, stderr, fmt.Errorf("%s: %w", cmd.Path, context.Cause(ctx))
	case err != nil:
		return stdout, stderr, fmt.Errorf("%s: %w", cmd.Path, err)
	case !exit.OK():
		return stdout, stderr, &ExitError{Path: cmd.Path, Exit: exit}
	case out.err != nil:
		return stdout, stderr, fmt.Errorf("%s: %w", cmd.Path, out.err)
	}
	return stdout, stderr, nil
}

// capped keeps the beginning of an output and reads the rest.
type capped struct {
	buf bytes.Buffer
	err error
}

func (c *capped) readAll(r io.Reader) {
	// A tool's process that stays behind does not make its output wrong.
	if _, err := io.CopyN(&c.buf, r, runOutput); err != nil {
		if !errors.Is(err, io.EOF) && !errors.Is(err, ErrOutputOpen) {
			c.err = err
		}
		return
	}
	if n, _ := io.Copy(io.Discard, r); n > 0 {
		c.err = ErrOutputTooLong
	}
}
