package process

import (
	"context"
	"fmt"
	"io"
	"os"
	"runtime"
	"sync"
	"time"
)

// Start starts a child. The caller reads its Stdout and Stderr to their ends,
// each from a goroutine of its own, and then calls Wait. When ctx is done, the
// child and its group are killed.
func Start(ctx context.Context, cmd Command) (*Child, error) {
	if err := ctx.Err(); err != nil {
		return nil, fmt.Errorf("start %s: %w", cmd.Path, context.Cause(ctx))
	}
	pipes, err := openPipes(cmd.Stdin)
	if err != nil {
		return nil, fmt.Errorf("start %s: %w", cmd.Path, err)
	}
	inherited := inheritedRSS()
	proc, err := fork(cmd, pipes)
	pipes.closeChildEnds()
	if err != nil {
		pipes.closeOwnEnds()
		return nil, fmt.Errorf("start %s: %w", cmd.Path, err)
	}
	c := &Child{
		Stdout: newOutput(pipes.stdout), Stderr: newOutput(pipes.stderr),
		proc: proc, started: time.Now(), inheritedRSS: inherited,
		ended: make(chan struct{}), cutDone: make(chan struct{}),
		strays: map[int]string{},
	}
	if err := setLimits(proc.Pid, cmd.Limits); err != nil {
		c.Kill()
		c.discard()
		return nil, fmt.Errorf("start %s: %w", cmd.Path, err)
	}
	c.watch(ctx, cmd.Stdin, pipes.stdin)
	return c, nil
}

// fork starts the process on the thread that lives as long as the program.
func fork(cmd Command, pipes *pipes) (*os.Process, error) {
	starter.Do(func() { go startChildren() })
	env := cmd.Env
	if env == nil {
		env = []string{}
	}
	reply := make(chan started, 1)
	requests <- request{
		path: cmd.Path,
		args: append([]string{cmd.Path}, cmd.Args...),
		attr: &os.ProcAttr{
			Dir: cmd.Dir, Env: env, Sys: attributes(),
			Files: append([]*os.File{pipes.childIn, pipes.childOut, pipes.childErr}, cmd.ExtraFiles...),
		},
		reply: reply,
	}
	r := <-reply
	return r.proc, r.err
}

type request struct {
	path  string
	args  []string
	attr  *os.ProcAttr
	reply chan<- started
}

type started struct {
	proc *os.Process
	err  error
}

var (
	starter  sync.Once
	requests = make(chan request)
)

// startChildren is the body of the one goroutine that forks. Its thread never
// ends before the program does.
func startChildren() {
	runtime.LockOSThread()
	adoptOrphans()
	for r := range requests {
		lineage.Lock()
		proc, err := os.StartProcess(r.path, r.args, r.attr)
		if err == nil {
			lineage.children[proc.Pid] = true
		}
		lineage.Unlock()
		r.reply <- started{proc, err}
	}
}

// pipes holds both ends of a child's standard streams.
type pipes struct {
	stdin, stdout, stderr       *os.File // ends kept here; stdin is nil unless it is copied
	childIn, childOut, childErr *os.File // ends that the child gets
	borrowed                    bool     // childIn belongs to the caller
}

func openPipes(stdin io.Reader) (_ *pipes, err error) {
	p := &pipes{}
	defer func() {
		if err != nil {
			p.closeChildEnds()
			p.closeOwnEnds()
		}
	}()
	switch in := stdin.(type) {
	case nil:
		p.childIn, err = os.Open(os.DevNull)
	case *os.File:
		p.childIn, p.borrowed = in, true
	default:
		p.childIn, p.stdin, err = os.Pipe()
	}
	if err != nil {
		return nil, err
	}
	if p.stdout, p.childOut, err = os.Pipe(); err != nil {
		return nil, err
	}
	if p.stderr, p.childErr, err = os.Pipe(); err != nil {
		return nil, err
	}
	return p, nil
}

func (p *pipes) closeChildEnds() {
	if !p.borrowed {
		closeFile(p.childIn)
	}
	closeFile(p.childOut)
	closeFile(p.childErr)
}

func (p *pipes) closeOwnEnds() {
	closeFile(p.stdin)
	closeFile(p.stdout)
	closeFile(p.stderr)
}

// closeFile closes f unless it is nil. Nothing was written through it that an
// error could have lost.
func closeFile(f *os.File) {
	if f != nil {
		_ = f.Close()
	}
}
