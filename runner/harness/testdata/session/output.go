package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"syscall"
	"time"
	_ "unsafe"

	nbǃ "notebook/runner/harness/inside"
)

type Pointǃ2 struct{ X, Y int }

//line note.md:100
func cellǃ1() {
	fmt.Println("hello")
	fmt.Fprintln(os.Stderr, "to stderr")
	fmt.Print("no line end")
}

//line note.md:200
func cellǃ2() {
	fmt.Printf("%T %T\n", Pointǃ2{}, []*Pointǃ2{})
	nbǃ.Show(Pointǃ2{1, 2}, map[string]int{"b": 2, "a": 1}, make(chan Pointǃ2, 3))
	nbǃ.ShowError(nil)
	nbǃ.ShowError(io.EOF)
}

// As many bytes as are asked for, without any line end.
//
//line note.md:2100
func cellǃ21() {
	block := bytes.Repeat([]byte("x"), 1<<20)
	for range 100 {
		_, _ = os.Stdout.Write(block)
	}
	fmt.Fprint(os.Stderr, "done")
}

// Sequences and generated names that a write cuts, bytes that are no text.
//
//line note.md:2200
func cellǃ22() {
	for _, b := range []byte("äöü € Pointǃ12 \x00\xff ǃ") {
		_, _ = os.Stdout.Write([]byte{b})
	}
}

//line note.md:2300
func cellǃ23() {
	n, err := os.Stdin.Read(make([]byte, 1))
	fmt.Println(n, err)
}

//line note.md:2400
func cellǃ24() {
	fmt.Println("last words")
	_ = os.Stdout.Close()
	_ = os.Stderr.Close()
}

//line note.md:2500
func cellǃ25() {
	_ = syscall.Close(nbǃ.FrameFD)
	time.Sleep(time.Hour)
}

//line note.md:2600
func cellǃ26() {
	_, _ = syscall.Write(nbǃ.FrameFD, []byte("what is this"))
	time.Sleep(time.Hour)
}

// A child in the group that keeps the outputs open.
//
//line note.md:2700
func cellǃ27() {
	fmt.Println(start(nil))
}

// A child that leaves the group and keeps the outputs open.
//
//line note.md:2800
func cellǃ28() {
	fmt.Println(start(&syscall.SysProcAttr{Setsid: true}))
}

// start starts this program as a child that waits; see init.
func start(attr *syscall.SysProcAttr) error {
	cmd := exec.Command("/proc/self/exe")
	cmd.Env = []string{"WAIT=1"}
	cmd.Stdout, cmd.Stderr, cmd.SysProcAttr = os.Stdout, os.Stderr, attr
	cmd.ExtraFiles = []*os.File{os.NewFile(toTest, "lifeline")} // the child holds it
	return cmd.Start()
}

func init() {
	if os.Getenv("WAIT") != "" {
		time.Sleep(time.Hour)
	}
}

//line note.md:2900
func cellǃ29() {
	for range 100 {
		go func() { select {} }()
	}
}

// Descriptors that the tests give to the session.
const (
	fromTest = 5 // a byte arrives when the test says so
	toTest   = 6 // the test reads it to its end
)

// await returns when the test says so.
func await() {
	_, _ = syscall.Read(fromTest, make([]byte, 1))
}

// answer tells the test that something is done.
func answer() {
	_, _ = syscall.Write(toTest, []byte{1})
}

//line note.md:3000
func cellǃ30() {
	go func() {
		await()
		fmt.Println("late")
		answer()
		select {}
	}()
}

//line note.md:3100
func cellǃ31() {
	go func() {
		await()
		panic("too late")
	}()
}

//line note.md:3200
func cellǃ32() {
	fmt.Fprint(os.Stderr, "panic: only text\n\ngoroutine 1 [running]:\nmain.main()\n\t/x.go:1 +0x1\n")
	fmt.Fprintln(os.Stderr, "all is well")
}

//line note.md:3300
func cellǃ33() {
	fmt.Fprintln(os.Stderr, "fatal error: says the cell")
	os.Exit(2)
}

// hook is what the changed standard library of sessions calls.
//
//go:linkname hook syscall.notebookWrite
var hook func(goroutine uint64, fd int, p []byte) (int, bool)

func framed(goroutine uint64, fd int, text string) {
	if n, done := hook(goroutine, fd, []byte(text)); n != len(text) || !done {
		panic(fmt.Sprint("the hook wrote ", n, done))
	}
}

//line note.md:3400
func cellǃ34() {
	framed(7, 1, "one ")
	framed(7, 1, "two\n")
	framed(8, 2, "three\n")
	framed(7, 1, strings.Repeat("four\n", 2000))
	if _, done := hook(7, 3, []byte("five")); done {
		panic("the hook took what is not its")
	}
}

//line note.md:3500
func cellǃ35() {
	go func() {
		await()
		framed(9, 1, "late\n")
		answer()
		select {}
	}()
}

// A write that is handed over allocates nothing.
//
//line note.md:3700
func cellǃ37() {
	text := []byte("framed\n")
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	for range 1000 {
		hook(7, 1, text)
	}
	runtime.ReadMemStats(&after)
	fmt.Fprintln(os.Stderr, "allocates:", after.Mallocs-before.Mallocs > 100)
}

//line note.md:4200
func cellǃ42() {
	framed(7, 1, "framed\n")
	println("raw")
}

//line note.md:3600
func cellǃ36() {
	n, s, took, list := 42, "a\"b\n\x01ä", 1500*time.Millisecond, []float64{1, 2.5}
	defer nbǃ.Record("n", &n)
	defer nbǃ.Record("s", &s)
	defer nbǃ.Record("took", &took)
	defer nbǃ.Record("list", &list)
	n++
}

//line note.md:3900
func cellǃ39() {
	fmt.Printf("%q\n", os.Environ())
	var limit syscall.Rlimit
	_ = syscall.Getrlimit(syscall.RLIMIT_DATA, &limit)
	fmt.Println(limit.Cur, limit.Max)
}

//line note.md:4100
func cellǃ41() {
	fmt.Println(os.WriteFile("big", make([]byte, 2<<20), 0o600))
}

// A goroutine writes as soon as the cell's function has returned, most likely
// before the parent learns about that.
//
//line note.md:4300
func cellǃ43() {
	framed(7, 1, "before\n")
	go func() {
		for cellRuns() {
			runtime.Gosched()
		}
		framed(7, 1, "after\n")
		await()
		answer()
		select {}
	}()
}

// cellRuns reports whether the function of a cell is on a stack.
func cellRuns() bool {
	stacks := make([]byte, 1<<20)
	stacks = stacks[:runtime.Stack(stacks, true)]
	return strings.Contains(string(stacks), "inside.(*session).body(")
}
