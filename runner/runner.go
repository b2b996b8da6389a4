package runner

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"time"

	"notebook"
)

// Options say how a note is run. The zero value runs all of it with the
// engines that it names.
type Options struct {
	Version  string              // of this program, for the start event
	Engine   notebook.EngineName // overrides the front matter; "": does not
	FailFast bool                // stop at the first unexpected end
	Decide   bool                // run cells again whose times leave a claim open
	Trace    bool                // record a timeline of every cell that does not say otherwise
	Quick    bool                // run each cell once, and compare nothing
	Race     bool                // run cells under the race detector too that do not say otherwise
	Only     string              // run the cell with this label and what it needs; "": all

	// Limits, of which a note may set stricter ones; 0: as the note says.
	Timeout   time.Duration // of a cell
	Memory    notebook.Size // of a process of cells
	MaxOutput notebook.Size // of a cell, to be kept
}

// A Runner runs notes. It may run several at once.
type Runner struct {
	engines []Engine
	opts    Options
}

// New returns a Runner with these engines, the preferred one for auto first.
func New(engines []Engine, opts Options) *Runner {
	return &Runner{engines: engines, opts: opts}
}

// ErrNoCell is returned when Options.Only names no cell of the note.
var ErrNoCell = errors.New("no such cell")

// Run runs the cells of a note and sends the events of the run, from Start to
// End. A failing cell is an event, not an error: errors come from the sink,
// from engines that cannot work at all, and from ctx; after an error the
// stream ends where it was.
func (r *Runner) Run(ctx context.Context, note *notebook.Note, env Env, sink Sink) error {
	run, err := r.prepare(ctx, note, env)
	if err != nil {
		return err
	}
	stream := newStream(note.Name, run.observe(sink))
	if err := stream.send(notebook.Event{Body: r.start(run)}); err != nil {
		return err
	}
	defer run.close()
	if err := run.tellBroken(stream); err != nil {
		return err
	}
	if err := run.open(ctx, stream); err != nil {
		return err
	}
	if err := run.cells(ctx, stream); err != nil {
		return err
	}
	if err := run.assert(ctx, stream); err != nil {
		return err
	}
	return stream.send(notebook.Event{Body: run.tally.end(stream.elapsed())})
}

// Check lowers and type-checks the cells of a note and returns what is wrong
// with them. Nothing is built or run.
func (r *Runner) Check(ctx context.Context, note *notebook.Note, env Env) ([]notebook.Diagnostic, error) {
	run, err := r.prepare(ctx, note, env)
	if err != nil {
		return nil, err
	}
	return run.diagnostics(), nil
}

// start describes the note's session and the machine.
func (r *Runner) start(run *noteRun) notebook.Start {
	return notebook.Start{
		Format: notebook.Format, Notebook: r.opts.Version,
		Go: run.goVersion, OS: runtime.GOOS, Arch: runtime.GOARCH,
		CPU: cpuModel(), Cores: runtime.NumCPU(), GOMAXPROCS: runtime.GOMAXPROCS(0),
		Date: time.Now().UTC().Truncate(time.Second), Engine: string(run.session), Quick: r.opts.Quick, Why: run.why,
	}
}

// prepare chooses engines and lowers the cells.
func (r *Runner) prepare(ctx context.Context, note *notebook.Note, env Env) (*noteRun, error) {
	env.Memory = strictest(env.Memory, note.Meta.Execute.Memory, r.opts.Memory)
	env.MaxOutput = strictest(env.MaxOutput, note.Meta.Execute.MaxOutput, r.opts.MaxOutput)
	run := &noteRun{opts: r.opts, note: note, env: env, lowered: map[notebook.EngineName]*engineRun{}, ends: map[string]end{}, tally: tally{broken: note.Broken}}
	if err := run.choose(); err != nil {
		return nil, err
	}
	if err := r.chooseSession(ctx, run); err != nil {
		return nil, err
	}
	for _, e := range r.engines {
		cells := run.withValues(e.ID())
		if len(cells) == 0 {
			continue
		}
		if _, err := e.Go(ctx, env); err != nil {
			run.lowered[e.ID()] = &engineRun{engine: e, unavailable: err}
			continue
		}
		source, err := e.Lower(ctx, note, cells, env)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", e.ID(), err)
		}
		run.lowered[e.ID()] = &engineRun{engine: e, source: source}
	}
	run.assertions = run.compileAssertions()
	run.env.Traced = run.traced()
	return run, nil
}

// chooseSession decides which engine runs the session, and why not the
// preferred one.
func (r *Runner) chooseSession(ctx context.Context, run *noteRun) error {
	want, why := run.note.Meta.Execute.Engine, "the note asks for it"
	if r.opts.Engine != "" {
		want, why = r.opts.Engine, "the command asks for it"
	}
	var errs []error
	for _, e := range r.engines {
		if want != "" && want != notebook.Auto && want != e.ID() {
			continue
		}
		version, err := e.Go(ctx, run.env)
		if err == nil {
			run.session, run.goVersion = e.ID(), version
			switch {
			case e == r.engines[0]:
			case len(errs) > 0:
				run.why = errors.Join(errs...).Error()
			default:
				run.why = why
			}
			return nil
		}
		errs = append(errs, err)
	}
	if len(errs) == 0 {
		return fmt.Errorf("%w: there is no engine %q", ErrUnavailable, want)
	}
	return errors.Join(errs...)
}

// choose decides which cells of the note are to run.
func (run *noteRun) choose() error {
	for _, c := range run.note.Cells {
		if c.Mode == notebook.Run || c.Mode == notebook.CompileOnly {
			run.chosen = append(run.chosen, c)
		}
	}
	if run.opts.Only == "" {
		return nil
	}
	target := run.note.Cell(run.opts.Only)
	if target == nil || !slices.Contains(run.chosen, target) {
		return fmt.Errorf("%w: %s", ErrNoCell, run.opts.Only)
	}
	return nil
}
