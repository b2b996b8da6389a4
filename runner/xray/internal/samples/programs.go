package samples

import (
	"context"
	"io"
	"net"
	"runtime/trace"
	"sync"
	"sync/atomic"
	"time"
)

// All returns the programs, sorted by name.
func All() []Sample {
	return []Sample{
		{"contention", contention},
		{"cut", cut},
		{"forgotten", forgotten},
		{"garbage", garbage},
		{"generous", generous},
		{"group", group},
		{"leak", leak},
		{"many", many},
		{"marks", marks},
		{"named", named},
		{"network", network},
		{"pipeline", pipeline},
		{"pool", pool},
		{"select", choose},
		{"sleepers", sleepers},
		{"timer", timer},
	}
}

// worked is the sum of all work, so that none can be left out.
var worked atomic.Int64

// work keeps a processor busy.
func work(rounds int) int {
	sum := 0
	for i := range rounds * 1000 {
		sum += i ^ sum>>3
	}
	worked.Add(int64(sum))
	return sum
}

func worker(jobs <-chan int, results chan<- int) {
	for n := range jobs {
		results <- work(100 + n)
	}
}

func pool(*Recording) {
	jobs, results := make(chan int), make(chan int, 9)
	for range 3 {
		go worker(jobs, results)
	}
	for n := range 9 {
		jobs <- n
	}
	close(jobs)
	for range 9 {
		<-results
	}
}

func pipeline(*Recording) {
	numbers, squares := make(chan int), make(chan int)
	go func() {
		defer close(numbers)
		for n := range 12 {
			numbers <- n
		}
	}()
	go func() {
		defer close(squares)
		for n := range numbers {
			squares <- n*n + work(20)
		}
	}()
	for n := range squares {
		_ = n
	}
}

func choose(*Recording) {
	fast, slow, quit := make(chan int), make(chan int), make(chan struct{})
	beat := func(c chan<- int, every time.Duration) {
		for n := range 3 {
			time.Sleep(every)
			select {
			case c <- n:
			case <-quit:
			}
		}
	}
	go beat(fast, time.Millisecond)
	go beat(slow, 2*time.Millisecond)
	go func() {
		time.Sleep(9 * time.Millisecond)
		close(quit)
	}()
	for {
		select {
		case <-fast:
		case <-slow:
		case <-quit:
			return
		}
	}
}

// generous offers its answer until nobody wants it.
func generous(*Recording) {
	ctx, cancel := context.WithCancel(context.Background())
	answers, questions := make(chan int), make(chan int)
	go func() {
		for n := 0; ; n++ {
			work(20)
			select {
			case answers <- n:
			case <-questions:
			case <-ctx.Done():
				close(answers)
				return
			}
		}
	}()
	<-answers
	questions <- 7
	cancel()
	for range answers {
		work(1)
	}
}

func contention(*Recording) {
	var mu sync.Mutex
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for range 3 {
				mu.Lock()
				time.Sleep(200 * time.Microsecond)
				mu.Unlock()
			}
		})
	}
	wg.Wait()
}

func sleepers(*Recording) {
	var wg sync.WaitGroup
	for range 40 {
		wg.Go(func() { time.Sleep(5 * time.Millisecond) })
	}
	wg.Wait()
}

func group(*Recording) {
	var wg sync.WaitGroup
	var mu sync.Mutex
	ready := sync.NewCond(&mu)
	started := false
	for range 2 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			mu.Lock()
			for !started {
				ready.Wait()
			}
			mu.Unlock()
			work(200)
		}()
	}
	time.Sleep(time.Millisecond)
	mu.Lock()
	started = true
	ready.Broadcast()
	mu.Unlock()
	wg.Wait()
}

func leak(r *Recording) {
	answers := make(chan int)
	for n := range 4 {
		go func() { answers <- n }()
	}
	r.After(func() {
		for range 3 {
			<-answers
		}
	})
	<-answers
	time.Sleep(time.Millisecond)
}

// kept keeps the garbage collector from doing without allocations.
var kept [64][]byte

func garbage(*Recording) {
	var wg sync.WaitGroup
	for g := range 2 {
		wg.Go(func() {
			for i := range 12 {
				kept[g*32+i%32] = make([]byte, 256<<10)
			}
		})
	}
	wg.Wait()
}

func network(*Recording) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return
	}
	var wg sync.WaitGroup
	wg.Go(func() {
		conn, err := listener.Accept()
		if err != nil {
			return
		}
		defer conn.Close()
		_, _ = io.Copy(conn, conn)
	})
	conn, err := net.Dial("tcp", listener.Addr().String())
	if err != nil {
		return
	}
	buf := make([]byte, 4)
	for range 3 {
		_, _ = conn.Write([]byte("ping"))
		_, _ = io.ReadFull(conn, buf)
	}
	conn.Close()
	wg.Wait()
	listener.Close()
}

func many(*Recording) {
	var wg sync.WaitGroup
	sums := make(chan int, 300)
	for range 300 {
		wg.Go(func() {
			time.Sleep(2 * time.Millisecond)
			sums <- work(5)
		})
	}
	wg.Wait()
}

// cut is the exchange of a great many messages, of which only the beginning is
// recorded.
func cut(r *Recording) {
	ping, pong := make(chan int), make(chan int)
	go func() {
		defer close(pong)
		for n := range ping {
			pong <- n
		}
	}()
	for n := range 600 {
		if n == 200 {
			r.Stop()
		}
		ping <- n
		<-pong
	}
	close(ping)
}

func marks(*Recording) {
	ctx, task := trace.NewTask(context.Background(), "breakfast")
	var wg sync.WaitGroup
	wg.Go(func() {
		trace.WithRegion(ctx, "boil", func() {
			trace.WithRegion(ctx, "fill", func() { work(100) })
			trace.Log(ctx, "kettle", "on")
			time.Sleep(time.Millisecond)
		})
	})
	wg.Go(func() {
		trace.WithRegion(ctx, "toast", func() { time.Sleep(2 * time.Millisecond) })
	})
	wg.Wait()
	trace.Log(ctx, "", "served")
	task.End()
}

// forgotten does not end its region.
func forgotten(*Recording) {
	trace.StartRegion(context.Background(), "wait")
	time.Sleep(time.Millisecond)
}

// named gives its goroutines names, as rewritten go statements do.
func named(*Recording) {
	var wg sync.WaitGroup
	for _, name := range []string{"producer", "consumer", "consumer", "line 7@7"} {
		wg.Go(func() {
			trace.Log(context.Background(), "notebook.go", name)
			work(50)
		})
	}
	wg.Wait()
}

func timer(*Recording) {
	done := make(chan struct{})
	time.AfterFunc(time.Millisecond, func() {
		work(50)
		close(done)
	})
	<-done
}
