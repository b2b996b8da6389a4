package compiled

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"sort"
	"strings"
	"sync"

	"notebook"
	"notebook/runner"
	"notebook/runner/harness"
	"notebook/runner/harness/inside"
	"notebook/runner/lower"
)

// Open builds the session's cells as one program and each program cell as one,
// several at once. A cell that the compiler refuses is broken in the source,
// and the session is compiled again without it.
func (e *Engine) Open(ctx context.Context, source *lower.Source, env runner.Env, sink runner.Sink) (runner.Session, error) {
	b, err := e.newBuilder(ctx, env)
	if err != nil {
		return nil, err
	}
	s := &session{env: env, source: source, builder: b, programs: map[string]string{}}
	if err := s.build(ctx, source, sink); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

// build builds everything and then sends the Built events, so that their order
// does not depend on which build is faster.
func (s *session) build(ctx context.Context, source *lower.Source, sink runner.Sink) error {
	b := s.builder
	found, err := b.load(ctx, cellsOf(source))
	if err != nil {
		return err
	}
	if err := b.addHarness(found); err != nil {
		return err
	}
	builds := []*build{{cell: ""}}
	for _, p := range source.Programs {
		if !p.Broken && len(p.Problems) == 0 {
			builds = append(builds, &build{cell: p.Label, program: p})
		}
	}
	runAll(builds, func(one *build) {
		if one.program == nil {
			one.err = one.session(ctx, b, source, found)
		} else {
			one.err = one.single(ctx, b, source.Note, found)
		}
	})
	for _, one := range builds {
		if one.err != nil {
			return one.err
		}
		if one.built == nil {
			continue
		}
		s.programs[one.cell] = one.path
		if err := sink(notebook.Event{Cell: one.cell, Engine: string(notebook.Compiled), Body: *one.built}); err != nil {
			return err
		}
	}
	return nil
}

func cellsOf(source *lower.Source) []*notebook.Cell {
	var cells []*notebook.Cell
	for _, c := range source.Cells {
		cells = append(cells, c.Cell)
	}
	for _, p := range source.Programs {
		cells = append(cells, p.Cell)
	}
	return cells
}

// A build is one executable in the making.
type build struct {
	cell    string         // label of the program cell; "" for the session
	program *lower.Program // nil for the session
	path    string
	built   *notebook.Built // nil: nothing could be built
	err     error
}

// runAll does the work for each build, as many at once as the machine has cores.
func runAll(builds []*build, work func(*build)) {
	var wg sync.WaitGroup
	free := make(chan struct{}, max(2, runtime.GOMAXPROCS(0)))
	for _, b := range builds {
		free <- struct{}{}
		wg.Go(func() {
			defer func() { <-free }()
			work(b)
		})
	}
	wg.Wait()
}

// session builds the session, without the cells that do not compile.
func (one *build) session(ctx context.Context, b *builder, source *lower.Source, found *packages) error {
	for {
		p, cells := sessionProgram(source, len(source.Cells))
		if len(cells) == 0 {
			return nil
		}
		path, built, err := b.build(ctx, p, found)
		if err == nil {
			one.path, one.built = path, &built
			return nil
		}
		broken, err := diagnose(err, source.Note, cells)
		if err != nil {
			broken, err = b.search(ctx, source, found, err)
		}
		if err != nil {
			return fmt.Errorf("build the session: %w", err)
		}
		for _, c := range source.Cells {
			// What an earlier cell has broken already follows from its problems.
			if problems := broken[c.Label]; len(problems) > 0 && c.OK() {
				source.Break(c.Label, problems...)
			}
		}
	}
}

// search finds the cell in which an error lies that names no place. The first
// cells of a session are a session too, so the shortest of those that cannot be
// built ends with the cell; where even none of the cells can, it is not theirs.
func (b *builder) search(ctx context.Context, source *lower.Source, found *packages, err error) (map[string][]notebook.Problem, error) {
	var refused *compileError
	if !errors.As(err, &refused) {
		return nil, err
	}
	n := sort.Search(len(source.Cells), func(n int) bool {
		probe, cancel := context.WithTimeout(ctx, b.toolTime/4) // a session that is fine is built in a fraction
		defer cancel()
		p, _ := sessionProgram(source, n)
		_, _, err := b.build(probe, p, found)
		return err != nil
	})
	switch {
	case ctx.Err() != nil:
		return nil, context.Cause(ctx)
	case n == 0:
		return nil, err
	}
	cell := source.Cells[n-1].Cell
	return map[string][]notebook.Problem{cell.Label: {blame(refused, source.Note, cell)}}, nil
}

// single builds a program cell.
func (one *build) single(ctx context.Context, b *builder, note *notebook.Note, found *packages) error {
	p := one.program
	program := cellProgram(p)
	if b.env.Traced[p.Label] {
		program = program.recording()
	}
	path, built, err := b.build(ctx, program, found)
	if err == nil {
		one.path, one.built = path, &built
		return nil
	}
	var refused *compileError
	if !errors.As(err, &refused) {
		return fmt.Errorf("build cell %s: %w", p.Label, err)
	}
	broken, err := diagnose(err, note, []*notebook.Cell{p.Cell})
	p.Problems = append(p.Problems, broken[p.Label]...)
	if err != nil {
		p.Problems = append(p.Problems, blame(refused, note, p.Cell))
	}
	return nil
}

// cellProgram returns the program of a program cell.
func cellProgram(p *lower.Program) program {
	return program{
		label: p.Label, files: []file{{Name: "program" + mark + ".go", Text: p.File}, stackFile},
		imports: append(slices.Clone(p.Imports), "runtime/debug"),
		link:    p.Mode == notebook.Run, debug: lower.FindDirective(p.Code, "//go:debug") >= 0,
	}
}

// stackFile limits the stacks of a program cell, as inside.Main does those of
// session cells.
var stackFile = file{Name: "stack" + mark + ".go", Text: fmt.Appendf(nil, `package main

import nb%s "runtime/debug"

func init() { nb%[1]s.SetMaxStack(%[2]d) }
`, mark, inside.MaxStack)}

// recording returns the program with what records its trace.
func (p program) recording() program {
	p.files = append(slices.Clone(p.files), recordFile)
	p.imports = append(slices.Clone(p.imports), harness.ImportPath)
	return p
}

var recordFile = file{Name: "record" + mark + ".go", Text: fmt.Appendf(nil, `package main

import nb%s %q

func init() { nb%[1]s.RecordProgram() }
`, mark, harness.ImportPath)}

// sessionProgram returns the program of those of the first n session cells that
// are not broken, and these cells.
func sessionProgram(source *lower.Source, n int) (program, []*notebook.Cell) {
	p := program{link: true, imports: []string{harness.ImportPath}}
	var cells []*notebook.Cell
	var calls bytes.Buffer
	callable := functions{}
	for i, c := range source.Cells[:n] {
		if !c.OK() {
			continue
		}
		cells = append(cells, c.Cell)
		if len(c.File) > 0 {
			p.files = append(p.files, file{Name: fmt.Sprintf("cell%s%d.go", mark, i+1), Text: c.File})
		}
		callable.add(c)
		p.imports = append(p.imports, c.Imports...)
		run := c.Func
		if run == "" {
			run = "nil" // declarations only
		}
		fmt.Fprintf(&calls, "\t\tnb%s.Cell{Label: %q, Run: %s},\n", mark, c.Label, run)
	}
	text := strings.NewReplacer(
		"MARK", mark, "HARNESS", harness.ImportPath, "CELLS", calls.String(), "FUNCTIONS", callable.String(),
	).Replace(sessionMain)
	p.files = append(p.files, file{Name: "main" + mark + ".go", Text: []byte(text)})
	p.imports = slices.Compact(slices.Sorted(slices.Values(p.imports)))
	return p, cells
}

const sessionMain = `package main

import nbMARK "HARNESS"

func main() {
	nbMARK.RunFunction(map[string]func(){
FUNCTIONS	})
	nbMARK.Main(
CELLS	)
}
`
