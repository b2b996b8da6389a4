// Command program is a program cell of the tests: it does what its argument
// says.
package main

import (
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
	"time"
)

//line note.md:100
func main() {
	switch os.Args[1] {
	case "ok":
		in, _ := io.ReadAll(os.Stdin)
		fmt.Printf("%q %q\n", os.Args[2:], in)
	case "exit":
		fmt.Fprintln(os.Stderr, "leaving")
		os.Exit(4)
	case "panic":
		fmt.Println("so far")
		panic("in a program")
	case "deadlock":
		select {}
	case "endless":
		time.Sleep(time.Hour)
	case "nul":
		fmt.Print("a\x00b\x00")
	case "deaf": // it can neither be heard nor asked for a dump
		signal.Ignore(syscall.SIGQUIT)
		fmt.Println("so far")
		_, _ = os.Stdout.Close(), os.Stderr.Close()
		for n := 0; ; n++ {
		}
	}
}
