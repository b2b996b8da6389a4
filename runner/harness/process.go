package harness

import (
	"cmp"
	"context"
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"time"

	"notebook"
	"notebook/runner/harness/inside"
	"notebook/runner/process"
)

// A Process is a session process. It runs one cell at a time.
type Process struct {
	host
	requests *os.File
	runs     []*run
	streams  [2]progress // of stdout and stderr
	now      current     // the run in progress, or the last one
}

// progress says how far a standard stream has come.
type progress struct {
	run  uint64 // of the last marker
	open bool   // that marker was a begin
}

// current is what is known of the run in progress.
type current struct {
	*run
	cell      *notebook.Cell
	timeout   time.Duration
	begun     bool
	user, sys time.Duration // CPU time of the process when it began
	end       *inside.End
	trace     []byte // nil: none came
	displayed []notebook.Displayed
	recorded  []notebook.Recorded
}

// Start starts a session process from cmd. Its program calls [inside.Main];
// descriptors 3 and 4 are the harness's, cmd.ExtraFiles follow from 5. A limit
// of cmd that is 0 becomes the default. The process lives until Close, or until
// ctx is done.
func Start(ctx context.Context, setup Setup, cmd process.Command) (*Process, error) {
	nonce := make([]byte, inside.NonceSize/2)
	rand.Read(nonce) // never fails
	frames, framesEnd, err := os.Pipe()
	if err != nil {
		return nil, fmt.Errorf("start a session: %w", err)
	}
	requestsEnd, requests, err := os.Pipe()
	if err != nil {
		closeAll(frames, framesEnd)
		return nil, fmt.Errorf("start a session: %w", err)
	}
	limits := cellLimits(cmd.Limits)
	text := hex.EncodeToString(nonce)
	cmd.Limits = process.Limits{} // the process limits itself
	cmd.ExtraFiles = append([]*os.File{framesEnd, requestsEnd}, cmd.ExtraFiles...)
	cmd.Env = append(append([]string{}, cmd.Env...),
		fmt.Sprintf("%s=%s:%d:%d", inside.Variable, text, limits.Memory, limits.FileSize))
	child, err := process.Start(ctx, cmd)
	closeAll(framesEnd, requestsEnd)
	if err != nil {
		closeAll(frames, requests)
		return nil, fmt.Errorf("start a session: %w", err)
	}
	n := newNames(setup.Names)
	return &Process{
		host: host{
			needsFrames: true, keepTrace: setup.KeepTrace, life: ctx, note: setup.Note, names: n, limits: limits, maxOutput: outputLimit(setup.MaxOutput), child: child, out: newOutput(n),
			feed: newFeed(child, text, frames), drop: func() { closeAll(frames) },
		},
		requests: requests,
	}, nil
}

func closeAll(files ...*os.File) {
	for _, f := range files {
		_ = f.Close() // nothing is written that a failed close could lose
	}
}

// Run runs a cell and sends its events from Started to Finished. A timeout of 0
// is none. It returns [ErrProcessEnded] when the cell took the process with it,
// and [ErrNotStarted] when the process had ended before. When ctx is done the
// error wraps its cause too. An error of the sink ends the process and is
// returned.
func (p *Process) Run(ctx context.Context, cell *notebook.Cell, timeout time.Duration, sink func(notebook.Event) error) error {
	if p.reaped {
		return ErrNotStarted
	}
	p.out.sink = sink
	previous := p.now
	p.now = current{run: &run{label: cell.Label, began: time.Now(), limit: p.maxOutput}, cell: cell, timeout: timeout}
	p.runs = append(p.runs, p.now.run)
	p.recording = cell.Options.Trace == notebook.SwitchOn
	// When the process is gone, its end comes as an item.
	_, _ = p.requests.WriteString(request(cell.Label, p.recording))
	if err := p.follow(ctx, allowed(timeout), p.take); err != nil {
		p.kill(causeInterrupted)
		return err
	}
	err := p.conclude(previous)
	if p.life.Err() != nil {
		ctx = p.life
	}
	return errors.Join(p.out.err, ended(ctx, err))
}

// request is the line that asks the process for a run.
func request(label string, recorded bool) string {
	if recorded {
		label += " " + inside.RequestTrace
	}
	return label + "\n"
}

// startTime is how much longer a cell may take until it has begun.
const startTime = 30 * time.Second

// allowed returns the time limit for a cell that has not begun.
func allowed(timeout time.Duration) time.Duration {
	if timeout <= 0 {
		return 0
	}
	return timeout + startTime
}

// conclude sends the last events of the run in progress.
func (p *Process) conclude(previous current) error {
	switch {
	case p.now.end != nil && p.cause == "":
		p.finishRun()
		if !p.reaped {
			return nil
		}
		p.finishLate()
	case !p.now.begun && previous.run != nil:
		p.now = previous
		p.finishLate()
		return ErrNotStarted
	default:
		p.finishDead()
	}
	return ErrProcessEnded
}

// ended adds the cause of ctx to err when that is done.
func ended(ctx context.Context, err error) error {
	if err != nil && ctx.Err() != nil {
		return fmt.Errorf("%w: %w", err, context.Cause(ctx))
	}
	return err
}

// take deals with an item; it returns true when the run is complete.
func (p *Process) take(it item) bool {
	if it.source == sourceFrames {
		if it.message.kind != 0 && !p.message(it) {
			p.kill(causeDamaged)
		}
	} else {
		p.stream(it)
	}
	return p.complete()
}

// complete reports whether the end of the run has come on all channels.
func (p *Process) complete() bool {
	if p.now.end == nil {
		return false
	}
	for _, s := range p.streams {
		if s.open || s.run != p.number() {
			return false
		}
	}
	return true
}

// number is the number of the run in progress.
func (p *Process) number() uint64 { return uint64(len(p.runs)) }

// stream deals with an item of a standard stream.
func (p *Process) stream(it item) {
	s := &p.streams[it.source]
	if it.marker == 0 {
		data := it.data
		if it.source == sourceStderr {
			data = p.held.add(data)
		}
		p.add(p.origin(it.source), it.at, data)
		return
	}
	if it.source == sourceStderr { // the process goes on: it was no report
		p.add(p.origin(it.source), it.at, p.held.release())
	}
	*s = progress{run: it.run, open: it.marker == inside.KindBegin}
	if s.open && it.run == p.number() {
		p.start()
	}
}

// origin returns whose the bytes are that come now on a standard stream.
func (p *Process) origin(s source) origin {
	at := p.streams[s]
	if at.run == 0 || at.run > p.number() {
		return origin{run: p.now.run, stream: s.stream()}
	}
	return origin{run: p.runs[at.run-1], stream: s.stream(), late: !at.open}
}

func (p *Process) add(from origin, at time.Time, data []byte) {
	if len(data) == 0 {
		return
	}
	if from.run == p.now.run {
		p.start()
	}
	p.out.add(from, at.Sub(from.run.began), data)
}

// start sends Started at the first sign of the cell.
func (p *Process) start() {
	if p.now.begun {
		return
	}
	p.now.begun, p.now.began = true, time.Now()
	if p.now.timeout > 0 {
		p.arm(alarmLimit, p.now.timeout)
	}
	p.out.flush()
	p.out.event(p.now.label, notebook.Started{Line: p.now.cell.Line, EndLine: p.now.cell.EndLine})
}

// message deals with a message; it returns false when it makes no sense.
func (p *Process) message(it item) bool {
	m := payload{rest: it.message.payload}
	switch it.message.kind {
	case inside.KindBegin:
		if m.number() != p.number() {
			return false
		}
		p.start()
		p.now.user, p.now.sys = time.Duration(m.number()), time.Duration(m.number())
	case inside.KindEnd:
		end, err := decodeEnd(it.message.payload)
		if err != nil || end.Run != p.number() || p.now.end != nil {
			return false
		}
		p.now.end, p.now.ended, p.recording = &end, true, false
		p.arm(alarmLag, lagTime)
	case inside.KindTrace:
		if m.number() == p.number() {
			p.now.trace = m.rest
			p.recorded()
		}
	case inside.KindDisplay:
		d := notebook.Displayed{MIME: m.text(), Data: p.names.clean([]byte(m.text()))}
		if d.Data = p.now.keep(d.Data); len(d.Data) > 0 {
			p.now.displayed = append(p.now.displayed, d)
		}
	case inside.KindRecord:
		name, value := m.text(), json.RawMessage(m.text())
		if !json.Valid(value) {
			return false
		}
		p.now.recorded = append(p.now.recorded, notebook.Recorded{Name: name, Value: value})
	case inside.KindOutput:
		return p.framed(&m)
	}
	return !m.bad
}

// framed deals with output that comes with its origin.
func (p *Process) framed(m *payload) bool {
	number, fd, late := m.number(), m.byte(), m.byte()
	goroutine, at := m.number(), time.Duration(m.number())
	if m.bad || number > p.number() || fd != 1 && fd != 2 || late > 1 {
		return false
	}
	from := origin{run: p.now.run, stream: notebook.Stdout, goroutine: int64(goroutine)}
	if fd == 2 {
		from.stream = notebook.Stderr
	}
	if number > 0 {
		from.run = p.runs[number-1]
	} else {
		at = time.Since(from.run.began)
	}
	from.late = late == 1 || from.run.ended
	p.out.add(from, at, m.rest)
	return true
}

// finishRun sends the last events of a run that left the process alive.
func (p *Process) finishRun() {
	p.out.finish()
	f, problem := judgeEnd(*p.now.end, p.names)
	p.send(f, problem, &report{kind: reportPanic, goroutines: parseGoroutines(p.now.end.Trace)})
}

// finishDead sends the last events of a run that took the process with it.
func (p *Process) finishDead() {
	p.start()
	d := p.end(p.origin(sourceStderr), p.died.Sub(p.now.began), p.now.timeout)
	f, problem := d.judge()
	f.Wall = p.died.Sub(p.now.began)
	f.User, f.Sys = p.exit.User-p.now.user, p.exit.Sys-p.now.sys
	complete(&f.Measurement)
	if len(p.runs) == 1 {
		f.MaxRSS = p.exit.MaxRSS
	}
	p.warnStrays(p.now.label, p.now.cell)
	p.send(f, &problem, d.report)
}

// finishLate reports the end of a process in which no cell ran: what the last
// cell left behind has crashed it.
func (p *Process) finishLate() {
	from := p.origin(sourceStderr)
	from.run, from.late = p.now.run, true
	d := p.end(from, p.died.Sub(p.now.began), 0)
	if d.report != nil && d.cause == "" {
		f, problem := d.judge()
		p.locate(&problem, p.now.cell, d.report)
		problem.Message, problem.Hint = lateMessage(f.Outcome, problem.Message), lateHint
		p.out.event(p.now.label, problem)
	}
	p.warnStrays(p.now.label, p.now.cell)
}

// send sends what comes after the output.
func (p *Process) send(f notebook.Finished, problem *notebook.Problem, r *report) {
	p.now.ended = true
	f.Dropped = int64(p.now.dropped)
	for _, d := range p.now.displayed {
		p.out.event(p.now.label, d)
	}
	for _, r := range p.now.recorded {
		p.out.event(p.now.label, r)
	}
	if problem != nil {
		p.locate(problem, p.now.cell, r)
		left := newPlace(p.note, p.now.cell, p.names).leftHint(r)
		problem.Hint = cmp.Or(left, endHint(f.Outcome, problem.Message, p.now.cell.Options))
		p.out.event(p.now.label, *problem)
	}
	if f.Outcome == notebook.Deadlock {
		p.out.event(p.now.label, p.deadlock(r, p.now.cell))
	}
	p.sendTimeline(p.now.label, p.now.trace, f.Measurement)
	p.out.event(p.now.label, f)
}

// closeTime is how long a process that has nothing to do may take to end.
const closeTime = time.Second

// Close ends the process and every process that it left, and sends output that
// came late to the sink of the last Run.
func (p *Process) Close() error {
	_ = p.requests.Close()
	if p.reaped {
		return nil
	}
	if p.now.run == nil { // no Run: what it writes belongs to no cell
		p.feed.abandon()
		p.child.Kill()
		_, err := p.child.Wait()
		p.reaped = true
		return err
	}
	if err := p.follow(context.Background(), closeTime, p.takeLate); err != nil {
		return err
	}
	p.finishLate()
	return p.out.err
}

// takeLate deals with an item that comes after the last run.
func (p *Process) takeLate(it item) bool {
	p.take(it)
	return false
}
