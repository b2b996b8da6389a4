package compiled

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"notebook"
	"notebook/runner"
	"notebook/runner/harness"
)

// A variant is a way to build programs so that their runs find verdicts. The
// zero value builds them as they are.
type variant notebook.VerdictKind

const (
	plainVariant variant = ""
	// raceVariant builds with the race detector, which is written in C.
	raceVariant = variant(notebook.RaceVerdict)
	// leakVariant builds with the profile of leaked goroutines.
	leakVariant = variant(notebook.LeakVerdict)
)

// flags returns what the go command, the compiler and the linker are told.
func (v variant) flags() []string {
	if v == raceVariant {
		return []string{"-race"}
	}
	return nil
}

// linkFlags returns what the linker is told besides.
func (v variant) linkFlags(t *toolchain) []string {
	if v == raceVariant {
		return []string{"-installsuffix", "race", "-extld", t.vars["CC"]}
	}
	return nil
}

// packages returns what every program of the variant links.
func (v variant) packages() []string {
	switch v {
	case raceVariant:
		return []string{"runtime/race", "runtime/cgo"}
	case leakVariant:
		return []string{"bytes", "runtime/pprof", harness.ImportPath}
	}
	return nil
}

// imports returns those of the packages that the go command knows.
func (v variant) imports() []string {
	return slices.DeleteFunc(v.packages(), func(path string) bool { return path == harness.ImportPath })
}

// program returns the program as the variant builds it.
func (v variant) program(p program) program {
	p.imports = slices.Compact(slices.Sorted(slices.Values(slices.Concat(p.imports, v.packages()))))
	if v == leakVariant {
		p.files = append(slices.Clone(p.files), leakFile)
	}
	return p
}

// leakFile tells the harness how leaked goroutines are found.
var leakFile = file{Name: "leaks" + mark + ".go", Text: fmt.Appendf(nil, `package main

import (
	bytes%[1]s "bytes"
	pprof%[1]s "runtime/pprof"

	nb%[1]s %[2]q
)

func init() {
	nb%[1]s.ReportLeaks(func() []byte {
		var b bytes%[1]s.Buffer
		if p := pprof%[1]s.Lookup("goroutineleak"); p != nil {
			_ = p.WriteTo(&b, 2)
		}
		return b.Bytes()
	})
}
`, mark, harness.ImportPath)}

// experiment is the setting of GOEXPERIMENT that the profile needs in the one
// version of Go that has it and does not have it by default.
func (t *toolchain) experiment() string {
	if languageOf(t.version()) != "go1.26" {
		return t.vars["GOEXPERIMENT"]
	}
	return strings.TrimPrefix(t.vars["GOEXPERIMENT"]+",goroutineleakprofile", ",")
}

// in returns the toolchain as the variant uses it. The error says why it cannot
// and wraps runner.ErrNotChecked.
func (v variant) in(t *toolchain) (*toolchain, error) {
	if v == plainVariant {
		return t, nil
	}
	changed := *t
	changed.variant = v
	changed.environ = slices.Clone(t.environ)
	switch v {
	case leakVariant:
		changed.environ = setEnv(changed.environ, "GOEXPERIMENT", t.experiment())
	case raceVariant:
		compiler, _, _ := strings.Cut(t.vars["CC"], " ")
		if lookPath(t.environ, compiler) == "" {
			return nil, fmt.Errorf("%w: no C compiler", runner.ErrNotChecked)
		}
		changed.environ = setEnv(changed.environ, "CGO_ENABLED", "1")
	}
	return &changed, nil
}

// notChecked tells the errors of a toolchain that cannot build a variant from
// those of the note: the plain programs of the note were built before.
func notChecked(err error) error {
	var failed *toolError
	var refused *compileError
	switch {
	case errors.As(err, &failed):
		return fmt.Errorf("%w: %s", runner.ErrNotChecked, oneLine(failed.said()))
	case errors.As(err, &refused):
		return fmt.Errorf("%w: %s", runner.ErrNotChecked, oneLine(refused.Output))
	}
	return err
}
