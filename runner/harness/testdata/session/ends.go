package main

import (
	"errors"
	"fmt"
	"log"
	"os"
	"runtime"
	"sync"
	"syscall"
	"time"
)

//line note.md:300
func cellǃ3() {
	var m map[string]int
	defer fmt.Println("deferred")
	m["x"] = 1
}

//line note.md:400
func cellǃ4() {
	fail := func() error { return fmt.Errorf("open the box: %w", errors.New("it is\nlocked")) }
	panic(fail())
}

//line note.md:500
func cellǃ5() {
	defer func() {
		panic(Pointǃ2{3, 4})
	}()
	panic("first")
}

//line note.md:600
func cellǃ6() {
	fmt.Println("before")
	runtime.Goexit()
}

//line note.md:700
func cellǃ7() {
	var wg sync.WaitGroup
	wg.Go(func() {
		workerǃ7(nil)
	})
	wg.Wait()
}

func workerǃ7(p *Pointǃ2) {
	fmt.Println("working")
	fmt.Println(p.X)
}

//line note.md:800
func cellǃ8() {
	fmt.Fprint(os.Stderr, "no line end")
	var a, b sync.Mutex
	locked := make(chan bool)
	a.Lock()
	go func() {
		b.Lock()
		close(locked)
		a.Lock()
	}()
	<-locked
	b.Lock()
}

//line note.md:900
func cellǃ9() {
	n := 1
	fmt.Println("spinning")
	for ; n != 0; n = n*3 | 1 { // one line: the dump shows where it happens to be
	}
}

//line note.md:1000
func cellǃ10() {
	fmt.Println("sleeping")
	time.Sleep(time.Hour)
}

//line note.md:1100
func cellǃ11() {
	results := make(chan int)
	go func() {
		for range time.Tick(time.Hour) { // as long as it is due, this is no deadlock
		}
	}()
	consume(results)
}

func consume(results <-chan int) {
	fmt.Println("got", <-results)
}

//line note.md:1200
func cellǃ12() {
	fmt.Fprintln(os.Stderr, "leaving")
	os.Exit(3)
}

//line note.md:1300
func cellǃ13() {
	os.Exit(0)
}

//line note.md:1400
func cellǃ14() {
	log.SetFlags(0)
	log.Fatal("cannot go on")
}

//line note.md:1500
func cellǃ15() {
	fmt.Println("goodbye")
	_ = syscall.Kill(os.Getpid(), syscall.SIGKILL)
	time.Sleep(time.Hour)
}

//line note.md:1600
func cellǃ16() {
	runtime.LockOSThread() // so that the signal comes here, and at once
	_ = syscall.Tgkill(os.Getpid(), syscall.Gettid(), syscall.SIGSEGV)
}

//line note.md:1700
func cellǃ17() {
	fmt.Println(depth(1))
}

func depth(n int) int {
	return depth(n+1) + 1
}

//line note.md:1800
func cellǃ18() {
	m := map[int]int{}
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for i := 0; ; i++ {
				m[i%1000]++
			}
		})
	}
	wg.Wait()
}

//line note.md:1900
func cellǃ19() {
	var mu sync.Mutex
	mu.Unlock()
}

//line note.md:2000
func cellǃ20() {
	var all [][]byte
	for {
		b := make([]byte, 1<<20)
		for i := range b {
			b[i] = 1
		}
		all = append(all, b)
		runtime.KeepAlive(all)
	}
}

//line note.md:4000
func cellǃ40() {
	block := make(chan int)
	for range 100 {
		go func() { block <- 1 }()
	}
	go func() {
		for range time.Tick(time.Hour) { // as long as it is due, this is no deadlock
		}
	}()
	time.Sleep(time.Hour)
}
