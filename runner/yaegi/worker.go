package yaegi

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"runtime/debug"

	"notebook/runner/harness"
	"notebook/runner/harness/inside"
	"notebook/runner/yaegi/internal/interpreter"
)

// IsWorker reports whether this process was started to interpret cells. Then
// it has to call RunWorker at once and do nothing else.
func IsWorker() bool {
	dir, ok := workerFolder(os.Args[0])
	if !ok {
		return false
	}
	_, err := os.Stat(filepath.Join(dir, jobFile))
	return err == nil
}

// RunWorker interprets what this process was started for, and ends it: with
// exit code 0, or as the interpreted code ends it.
func RunWorker() {
	if err := work(); err != nil {
		fmt.Fprintln(os.Stderr, "notebook:", err)
		os.Exit(2)
	}
	os.Exit(0)
}

// work does the job. It starts no goroutine and no timer: while one of those
// is left, Go finds no deadlock.
func work() error {
	dir, _ := workerFolder(os.Args[0])
	j, err := readJob(dir)
	if err != nil {
		return err
	}
	if j.Kind == checkJob {
		checkPrograms(j.Programs, newProgress(os.Stdout))
		return nil
	}
	if err := showLabels(); err != nil {
		return err
	}
	trace, err := openTrace(dir)
	if err != nil {
		return err
	}
	if j.Kind == programJob {
		return runProgram(j.Programs[0], trace)
	}
	return runSession(j.Cells, trace)
}

// showLabels makes dumps of goroutines show their labels, which tell the places
// of interpreted code.
func showLabels() error {
	settings := "tracebacklabels=1"
	if own := os.Getenv("GODEBUG"); own != "" {
		settings = own + "," + settings
	}
	return os.Setenv("GODEBUG", settings)
}

// openTrace returns the trace that the parent reads. It is that of the first
// process with this job: what a program starts from itself has none.
func openTrace(dir string) (*interpreter.Trace, error) {
	f, err := os.OpenFile(filepath.Join(dir, panicFile), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return &interpreter.Trace{}, nil
	}
	if err != nil {
		return nil, err
	}
	return &interpreter.Trace{File: f}, nil
}

// newInterpreter returns an interpreter for cells that lowering generated.
func newInterpreter(trace *interpreter.Trace, cells ...jobCell) (*interpreter.Interpreter, error) {
	arg0 := os.Args[0]
	var files []interpreter.File
	for _, c := range cells {
		if c.Source != "" {
			files = append(files, c.file())
		}
	}
	return interpreter.New(trace, interpreter.Imports(files...), map[string]interpreter.Symbols{
		harness.ImportPath: {
			"Show":      reflect.ValueOf(show),
			"ShowError": reflect.ValueOf(inside.ShowError),
			"Record":    reflect.ValueOf(inside.Record),
		},
		// The system knows what the link leads to, not that it is a worker.
		"os": {"Executable": reflect.ValueOf(func() (string, error) { return arg0, nil })},
	}, show)
}

func (c jobCell) file() interpreter.File {
	return interpreter.File{Name: c.Label, Source: []byte(c.Source)}
}

func runProgram(program jobCell, trace *interpreter.Trace) error {
	i, err := newInterpreter(trace, program)
	if err != nil {
		return err
	}
	main, err := i.Main(program.file())
	if err != nil {
		return err
	}
	debug.SetMaxStack(inside.MaxStack)
	defer inside.RecordProgram()()
	main()
	return nil
}

// compileFD is the descriptor on which a session worker writes its findings,
// the first behind those of the harness.
const compileFD = inside.RequestFD + 1

// runSession compiles all cells before the first one runs: later, goroutines
// could be running that use what compiling changes.
func runSession(cells []jobCell, trace *interpreter.Trace) error {
	findings := os.NewFile(compileFD, "findings")
	p := newProgress(findings)
	list := compileSession(cells, trace, p)
	p.done()
	if err := findings.Close(); err != nil || list == nil {
		return err
	}
	inside.Main(list...)
	return nil
}

// compileSession returns the cells, or nil where one of them does not compile.
// The memory that this takes is bounded by itself.
func compileSession(cells []jobCell, trace *interpreter.Trace, p progress) []inside.Cell {
	unbound, err := boundMemory(uint64(compileLimits.Memory))
	if err != nil {
		p.fail(cells[0], err)
		return nil
	}
	defer unbound()
	i, err := newInterpreter(trace, cells...)
	var list []inside.Cell
	for _, c := range cells {
		var run func()
		p.begin(c)
		if err == nil {
			run, err = load(i, c)
		}
		if err != nil {
			p.fail(c, err)
			return nil
		}
		list = append(list, inside.Cell{Label: c.Label, Run: run})
	}
	return list
}

// load compiles a session cell and returns what runs its statements.
func load(i *interpreter.Interpreter, c jobCell) (func(), error) {
	if c.Source == "" {
		return nil, nil
	}
	if err := i.Load(c.file()); err != nil || c.Func == "" {
		return nil, err
	}
	return i.Func(c.Func)
}

// checkPrograms compiles programs, each with an interpreter of its own.
func checkPrograms(programs []jobCell, p progress) {
	for _, c := range programs {
		p.begin(c)
		i, err := newInterpreter(&interpreter.Trace{}, c)
		if err == nil {
			_, err = i.Main(c.file())
		}
		if err != nil {
			p.fail(c, err)
		}
	}
	p.done()
}
