package inside

import (
	"errors"
	"fmt"
	"os"
	"runtime"
	"runtime/debug"
	"strconv"
	"strings"
	"sync/atomic"
)

// A Cell is a cell of the session. Run may be nil: the cell does nothing.
type Cell struct {
	Label string
	Run   func()
}

// Variable is the name of the environment variable by which the parent tells
// the nonce of the markers and the limits, separated by colons.
const Variable = "NOTEBOOK_HARNESS"

// MaxStack is how many bytes one goroutine's stack may take. With Go's own
// limit of a gigabyte an endless recursion takes many seconds to end.
const MaxStack = 64 << 20

// Main runs the cells that the parent asks for, until it asks no more. A
// program that was not started by the harness ends with exit code 2.
func Main(cells ...Cell) {
	s, err := connect(cells)
	if err != nil {
		fmt.Fprintln(os.Stderr, "notebook:", err)
		os.Exit(2)
	}
	current = s
	for {
		label, traced, ok := s.request()
		if !ok {
			return
		}
		s.run(label, traced)
	}
}

// session is the state of the process; main's goroutine owns it, apart from
// what is said to be shared.
type session struct {
	cells  map[string]Cell
	nonce  string
	out    [2]int // own descriptors of the standard streams
	frames frames // shared
	runs   uint32 // runs so far
	meter  meter  // shared with the cell
	labels []string
	idle   int // goroutines that live while no cell runs

	recording atomic.Pointer[recording] // of the running cell, or of the last one; nil: none. Shared
	listening bool                      // for signals of the parent
}

// current is the session of this process; nil outside of one. It is set once,
// before the first cell runs.
var current *session

func connect(cells []Cell) (*session, error) {
	fields := strings.Split(os.Getenv(Variable), ":")
	if len(fields) != 3 || len(fields[0]) != NonceSize {
		return nil, errors.New("this program runs cells of a note: notebook starts it")
	}
	if err := os.Unsetenv(Variable); err != nil {
		return nil, err
	}
	memory, _ := strconv.ParseUint(fields[1], 10, 64)
	fileSize, _ := strconv.ParseUint(fields[2], 10, 64)
	s := &session{cells: map[string]Cell{}, nonce: fields[0], idle: runtime.NumGoroutine()}
	for _, c := range cells {
		s.cells[c.Label] = c
	}
	var err error
	if s.out, err = ownDescriptors(); err != nil {
		return nil, err
	}
	if err := limit(memory, fileSize); err != nil {
		return nil, err
	}
	debug.SetMaxStack(MaxStack)
	takeWrites()
	return s, nil
}

// request reads the label of the next cell and whether its run is to be
// recorded; false when there is none.
func (s *session) request() (label string, traced, ok bool) {
	line, ok := requestLine()
	label, option, _ := strings.Cut(line, " ")
	return label, option == RequestTrace, ok
}

func requestLine() (string, bool) {
	var line []byte
	var b [1]byte
	for {
		n, err := read(RequestFD, b[:])
		if n != 1 || err != nil {
			return "", false
		}
		if b[0] == '\n' {
			return string(line), true
		}
		line = append(line, b[0])
	}
}

// mark writes a marker to both streams. Markers go through descriptors of our
// own: a cell may close or redirect its streams.
func (s *session) mark(kind byte) {
	m := Marker(s.nonce, kind, s.runs)
	for _, fd := range s.out {
		writeAll(fd, m)
	}
}
