// Command traced is a session of cells that start goroutines. Cell number n
// pretends to stand in lines 100n to 100n+99 of note.md.
package main

import (
	"os"
	"runtime/trace"
	"sync"
	"time"

	nbǃ "notebook/runner/harness/inside"
)

func main() {
	nbǃ.Main(
		nbǃ.Cell{Label: "pool", Run: pool},
		nbǃ.Cell{Label: "stuck", Run: stuck},
		nbǃ.Cell{Label: "nap", Run: nap},
		nbǃ.Cell{Label: "endless", Run: endless},
		nbǃ.Cell{Label: "long", Run: long},
		nbǃ.Cell{Label: "own", Run: own},
		nbǃ.Cell{Label: "leaves", Run: leaves},
	)
}

//line note.md:100
func pool() {
	var wg sync.WaitGroup
	for range 3 {
		wg.Go(func() { time.Sleep(time.Millisecond) })
	}
	wg.Wait()
}

//line note.md:200
func stuck() {
	c := make(chan int)
	go func() { c <- 1 }()
	<-c
	<-c
}

// A nap is longer than a recording is left alone in which nothing happens.
//
//line note.md:300
func nap() {
	done := make(chan bool)
	go func() {
		time.Sleep(1200 * time.Millisecond)
		close(done)
	}()
	<-done
}

//line note.md:400
func endless() {
	go func() {
		for {
		}
	}()
	select {}
}

// So many switches are more than a recording takes.
//
//line note.md:500
func long() {
	c := make(chan int)
	go func() {
		for i := range 200_000 {
			c <- i
		}
		close(c)
	}()
	for range c {
	}
}

//line note.md:600
func own() {
	if err := trace.Start(os.Stderr); err != nil {
		os.Stdout.WriteString(err.Error() + "\n")
	}
}

//line note.md:700
func leaves() {
	c := make(chan int)
	for range 3 {
		go func() { <-c }()
	}
}
