package process_test

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"os"
	"strconv"
	"time"
)

// roles are what the test binary does as a child.
var roles = map[string]func(){
	"exit": func() {
		code, _ := strconv.Atoi(os.Args[1])
		os.Exit(code)
	},
	"echo": func() {
		in, _ := io.ReadAll(os.Stdin)
		fmt.Fprintf(os.Stdout, "in %q args %q env %q", in, os.Args[1:], os.Environ())
		fmt.Fprint(os.Stderr, "done")
	},
	"dir": func() {
		dir, _ := os.Getwd()
		fmt.Print(dir)
	},
	"flood": func() {
		size, _ := strconv.Atoi(os.Args[1])
		w := bufio.NewWriter(os.Stdout)
		for range size >> 10 {
			_, _ = w.Write(bytes.Repeat([]byte("x"), 1<<10))
		}
		_ = w.Flush()
	},
	"wait": func() {
		fmt.Println("ready")
		live()
	},
	"spin": spin,
	"suicide": func() {
		if p, err := os.FindProcess(os.Getpid()); err == nil {
			_ = p.Kill()
		}
		live()
	},
	"hog": func() {
		kept := map[int][]byte{}
		for i := 0; ; i++ {
			kept[i] = bytes.Repeat([]byte{1}, 1<<20)
		}
	},
	"file": func() {
		f, _ := os.CreateTemp(os.Args[1], "")
		_, err := f.Write(make([]byte, 1<<20))
		fmt.Print(err)
	},
	"extra": func() {
		b, _ := io.ReadAll(os.NewFile(3, "extra"))
		fmt.Printf("%s", b)
	},
}

// live outlives every test. A select without cases would be a deadlock, which Go
// finds.
func live() { time.Sleep(time.Hour) }

func spin() {
	fmt.Println("ready")
	for n := 0; ; n++ {
	}
}
