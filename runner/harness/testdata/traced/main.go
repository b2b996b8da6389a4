// Command traced is a session of cells that start goroutines. Cell number n
// pretends to stand in lines 100n to 100n+99 of note.md.
package main

import (
	"context"
	"os"
	"runtime"
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
		nbǃ.Cell{Label: "collects", Run: runtime.GC},
		nbǃ.Cell{Label: "own", Run: own},
		nbǃ.Cell{Label: "leaves", Run: leaves},
		nbǃ.Cell{Label: "fan-out", Run: fanOut},
		nbǃ.Cell{Label: "workers", Run: workers},
		nbǃ.Cell{Label: "pipeline", Run: pipeline},
		nbǃ.Cell{Label: "sleepers", Run: sleepers},
		nbǃ.Cell{Label: "open", Run: open},
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

// Four goroutines compute.
//
//line note.md:800
func fanOut() {
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() { compute(60_000_000) })
	}
	wg.Wait()
}

// compute keeps a processor busy.
func compute(n int) int {
	sum := 0
	for i := range n {
		sum += i ^ sum
	}
	return sum
}

// Three workers share jobs that compute.
//
//line note.md:900
func workers() {
	jobs := make(chan int)
	var wg sync.WaitGroup
	for range 3 {
		wg.Go(func() {
			for n := range jobs {
				compute(n)
			}
		})
	}
	for range 40 {
		jobs <- 3_000_000
	}
	close(jobs)
	wg.Wait()
}

// Three stages hand on what they computed.
//
//line note.md:1000
func pipeline() {
	in := make(chan int)
	go func() {
		for range 40 {
			in <- compute(1_000_000)
		}
		close(in)
	}()
	out := make(chan int)
	go func() {
		for n := range in {
			out <- n + compute(1_000_000)
		}
		close(out)
	}()
	for n := range out {
		compute(n&1 + 1_000_000)
	}
}

// A hundred goroutines sleep.
//
//line note.md:1100
func sleepers() {
	var wg sync.WaitGroup
	for range 100 {
		wg.Go(func() { time.Sleep(50 * time.Millisecond) })
	}
	wg.Wait()
}

// A region of its own is still open when the cell ends.
//
//line note.md:1300
func open() {
	trace.StartRegion(context.Background(), "open")
	done := make(chan bool)
	go close(done)
	<-done
}
