package harness

import (
	"context"
	"errors"
	"time"

	"notebook"
	"notebook/runner/process"
)

const (
	// quietTime is how long output waits for more before it is sent.
	quietTime = 10 * time.Millisecond
	// graceTime is how long a process that was asked for a dump may write
	// nothing, and dumpTime how long the dump may take.
	graceTime = time.Second
	dumpTime  = 2 * time.Second
	// lagTime is how long what a dead process, or a cell that has ended, left
	// in a pipe may take to arrive.
	lagTime = time.Second
	// traceTime is how long a process that has taken too long may take to send
	// its trace.
	traceTime = 500 * time.Millisecond
)

// A host watches one process and turns what comes from it into events.
type host struct {
	life      context.Context // of the process
	note      *notebook.Note
	names     names
	limits    process.Limits // in force in the process
	maxOutput notebook.Size  // of each cell, that is kept
	child     *process.Child
	feed      *feed
	drop      func() // ends sources that outlive the process
	out       *output
	held      held

	keepTrace   func(cell string, trace []byte) error
	needsFrames bool  // the process is lost without its channel
	recording   bool  // the process records a trace of the run
	cause       cause // why the process was killed
	died        time.Time
	exit        process.Exit
	reaped      bool
	leftOpen    bool // a process left behind holds an output
	dumpUntil   time.Time
	clock       *time.Timer
	alarm       alarm // what it means when the clock fires
}

// An alarm is a reason to stop waiting.
type alarm string

const (
	alarmLimit  alarm = "limit"  // the cell has taken too long
	alarmGrace  alarm = "grace"  // the process does not end
	alarmLag    alarm = "lag"    // what is still in the pipes does not come
	alarmFrames alarm = "frames" // the process lives without its channel
	alarmTrace  alarm = "trace"  // a process that has taken too long does not send its trace
)

// follow takes items until take reports that the run is complete or until the
// process has ended; then h.reaped is set. An error is one of the sink.
func (h *host) follow(ctx context.Context, limit time.Duration, take func(item) bool) error {
	h.clock, h.alarm = newClock(limit), alarmLimit
	defer h.clock.Stop()
	quiet := time.NewTimer(quietTime)
	defer quiet.Stop()
	sleep, watch := time.NewTicker(process.SleepWatchTime), h.child.WatchSleep()
	defer sleep.Stop()
	ctx, stop := eitherDone(ctx, h.life)
	defer stop()
	items, canceled, dead := h.feed.items, ctx.Done(), h.child.Done()
	var drop <-chan time.Time
	for {
		select {
		case it, ok := <-items:
			switch {
			case !ok:
				items = nil // it has closed its outputs and may go on all the same
			case h.handle(it, take):
				return h.out.err
			default:
				quiet.Reset(quietTime)
			}
		case <-quiet.C:
			h.out.flush()
		case <-h.clock.C:
			if h.expire() {
				return h.out.err
			}
		case <-sleep.C:
			h.look(watch)
		case <-canceled:
			canceled = nil
			h.kill(causeInterrupted)
		case <-dead:
			dead, h.died = nil, time.Now()
			drop = time.After(lagTime)
		case <-drop:
			h.drop()
		}
		if items == nil && dead == nil {
			return h.reap()
		}
		h.heedSink()
	}
}

// stillLooks is after how many looks in a row at which it used no CPU time a
// process that records is asked whether it is stuck.
const stillLooks = 5

// look looks whether the process has fallen asleep for good.
func (h *host) look(watch *process.SleepWatch) {
	if h.alarm != alarmLimit {
		return
	}
	if watch.Asleep() {
		h.quit(causeDeadlock)
		return
	}
	if n := watch.Still(); h.recording && n > 0 && n%stillLooks == 0 {
		_ = h.child.Signal(signalStuck) // it fails when the process has ended
	}
}

// stop ends a process that has taken too long; one that records may send its
// trace first.
func (h *host) stop() {
	if !h.recording || h.child.Signal(signalStop) != nil {
		h.quit(causeTimeout)
		return
	}
	h.arm(alarmTrace, traceTime)
}

// recorded is called when the trace of the run has come.
func (h *host) recorded() {
	h.recording = false
	if h.alarm == alarmTrace {
		h.quit(causeTimeout)
	}
}

// heedSink ends the process of a sink that failed.
func (h *host) heedSink() {
	if h.out.err != nil && h.cause == "" {
		h.kill(causeInterrupted)
	}
}

// eitherDone returns a context that is done when a or b is.
func eitherDone(a, b context.Context) (_ context.Context, stop func()) {
	ctx, cancel := context.WithCancel(a)
	unwatch := context.AfterFunc(b, cancel)
	return ctx, func() {
		unwatch()
		cancel()
	}
}

// newClock returns a timer that never fires for a limit of 0.
func newClock(limit time.Duration) *time.Timer {
	t := time.NewTimer(max(limit, 0))
	if limit <= 0 {
		t.Stop()
	}
	return t
}

// handle deals with one item; it returns true when the run is complete.
func (h *host) handle(it item, take func(item) bool) bool {
	switch {
	case it.source == sourceFrames && !h.needsFrames:
	case errors.Is(it.err, errFrames):
		h.kill(causeDamaged)
	case errors.Is(it.err, process.ErrOutputOpen):
		h.leftOpen = true
	case it.err != nil: // no frames come anymore: the process ought to end
		h.arm(alarmFrames, lagTime)
	}
	if h.alarm == alarmGrace && it.source == sourceStderr && time.Now().Before(h.dumpUntil) {
		h.clock.Reset(graceTime)
	}
	return take(it) && h.cause == "" // a process that is being killed has to end
}

// arm sets the clock, unless the process is being killed.
func (h *host) arm(a alarm, after time.Duration) {
	if h.cause == "" {
		h.alarm = a
		h.clock.Reset(after)
	}
}

// expire is called when the clock fires. It returns true when the run is
// complete. A process that has ended by itself is not late, even if what it left
// is still being read.
func (h *host) expire() bool {
	select {
	case <-h.child.Done():
		return false
	default:
	}
	switch h.alarm {
	case alarmLag:
		return true
	case alarmFrames:
		h.kill(causeDamaged)
	case alarmLimit:
		h.stop()
	case alarmTrace:
		h.quit(causeTimeout)
	case alarmGrace:
		h.child.Kill()
	}
	return false
}

// quit asks the process for a dump, and so for its end.
func (h *host) quit(c cause) {
	if h.cause != "" {
		return
	}
	h.cause, h.alarm = c, alarmGrace
	h.dumpUntil = time.Now().Add(dumpTime)
	h.clock.Reset(graceTime)
	h.child.Quit()
}

func (h *host) kill(c cause) {
	if h.cause == "" {
		h.cause = c
	}
	h.child.Kill()
}

// reap takes note of the end of the process.
func (h *host) reap() error {
	exit, err := h.child.Wait()
	if h.died.IsZero() {
		h.died = time.Now()
	}
	h.exit, h.reaped = exit, true
	return errors.Join(h.out.err, err)
}

// end judges the end of the process. It passes on as output of from what is no
// report of the runtime.
func (h *host) end(from origin, at, timeout time.Duration) death {
	d := death{cause: h.cause, exit: h.exit, timeout: timeout, limits: h.limits, names: h.names}
	dropped := h.held.dropped
	text := h.held.release()
	if h.exit.Code == crashCode || h.exit.Signal != 0 {
		text, d.report = readReport(text, h.limits)
	}
	h.out.add(from, at, text)
	if d.report == nil {
		from.run.dropped += notebook.Size(dropped)
	}
	h.out.finish()
	return d
}

// crashCode is the exit code of a Go program that its runtime ended.
const crashCode = 2
