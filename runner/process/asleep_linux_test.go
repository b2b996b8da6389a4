package process_test

import (
	"context"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"sync"
	"syscall"
	"testing"
	"time"

	"notebook/runner/process"
)

// blocked are programs that nothing can wake.
var blocked = map[string]func(){
	"signal": func() {
		c := make(chan os.Signal, 1)
		signal.Notify(c, syscall.SIGUSR1)
		<-c
	},
	"locks": func() {
		signal.Notify(make(chan os.Signal, 1), syscall.SIGUSR1)
		var mu sync.Mutex
		mu.Lock()
		for range 50 {
			go mu.Lock()
		}
		mu.Lock()
	},
	"after": func() { // a child, a timer and the network are things of the past
		_ = exec.Command("/proc/self/exe").Run()
		time.Sleep(time.Millisecond)
		exchange()
		signal.Notify(make(chan os.Signal, 1), syscall.SIGUSR1)
		select {}
	},
}

// waiting are programs that go on when they have waited for a while, and wait
// again.
var waiting = map[string]func(){
	"sleep": func() { time.Sleep(pause) },
	"timer": func() { <-time.After(pause) },
	"context": func() {
		ctx, cancel := context.WithTimeout(context.Background(), pause)
		defer cancel()
		<-ctx.Done()
	},
	"lock": func() {
		var mu sync.Mutex
		mu.Lock()
		time.AfterFunc(pause, mu.Unlock)
		mu.Lock()
	},
	"signal": func() {
		c := make(chan os.Signal, 1)
		signal.Notify(c, syscall.SIGUSR1)
		time.AfterFunc(pause, func() { _ = syscall.Kill(os.Getpid(), syscall.SIGUSR1) })
		<-c
	},
	"network": exchange,
	"child": func() {
		cmd := exec.Command("/proc/self/exe")
		cmd.Env = environ("pause")
		_ = cmd.Run()
	},
	"signal from a child": func() {
		c := make(chan os.Signal, 1)
		signal.Notify(c, syscall.SIGCHLD)
		cmd := exec.Command("/proc/self/exe")
		cmd.Env = environ("pause")
		if cmd.Start() == nil {
			<-c
			_ = cmd.Wait()
		}
	},
	"pipe": func() {
		r, w, _ := os.Pipe()
		time.AfterFunc(pause, func() { _ = w.Close() })
		_, _ = io.ReadAll(r)
	},
	"fifo": func() { // the system call that opens it waits
		dir, _ := os.MkdirTemp("", "asleep")
		defer func() { _ = os.RemoveAll(dir) }()
		path := filepath.Join(dir, "fifo")
		_ = syscall.Mkfifo(path, 0o600)
		cmd := exec.Command("/proc/self/exe", path)
		cmd.Env = environ("pause")
		if cmd.Start() == nil {
			_, _ = os.ReadFile(path)
			_ = cmd.Wait()
		}
	},
	"file": func() {
		_, _ = os.ReadFile("/proc/self/exe")
		time.Sleep(pause)
	},
}

// pause is longer than a SleepWatch takes to find a deadlock.
const pause = 5 * process.SleepWatchTime

// exchange waits for a byte from the network.
func exchange() {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	defer func() { _ = l.Close() }()
	go func() {
		if c, err := net.Dial("tcp", l.Addr().String()); err == nil {
			time.Sleep(pause)
			_ = c.Close()
		}
	}()
	if c, err := l.Accept(); err == nil {
		_, _ = io.ReadAll(c)
		_ = c.Close()
	}
}

func init() {
	roles["blocked"] = func() { blocked[os.Args[1]]() }
	roles["waiting"] = func() {
		for range 2 {
			waiting[os.Args[1]]()
		}
		fmt.Print("awake")
	}
	roles["pause"] = func() {
		time.Sleep(pause)
		if len(os.Args) > 1 {
			_ = os.WriteFile(os.Args[1], nil, 0)
		}
	}
}

func TestAsleep(t *testing.T) {
	for name := range blocked {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := start(t, t.Context(), self(t, "blocked", name))
			if !fellAsleep(c) {
				t.Error("it ended before it was found asleep")
			}
			c.Kill()
			finish(t, c)
		})
	}
}

func TestNotAsleep(t *testing.T) {
	for name := range waiting {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			testAwake(t, name)
		})
	}
}

// testAwake fails when the program is found asleep before its end.
func testAwake(t *testing.T, name string) {
	t.Helper()
	c := start(t, t.Context(), self(t, "waiting", name))
	if fellAsleep(c) {
		t.Errorf("%s: found asleep", name)
		c.Kill()
	}
	if r := finish(t, c); !t.Failed() && r.stdout != "awake" {
		t.Errorf("%s: %+v", name, r)
	}
}

// fellAsleep reports whether the child is found asleep before it ends.
func fellAsleep(c *process.Child) bool {
	look := time.NewTicker(process.SleepWatchTime)
	defer look.Stop()
	for w := c.WatchSleep(); ; {
		select {
		case <-look.C:
			if w.Asleep() {
				return true
			}
		case <-c.Done():
			return false
		}
	}
}
