package compiled

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"notebook"
	"notebook/runner"
	"notebook/runner/harness"
)

// maxRaceLog is how much of the race detector's reports is read.
const maxRaceLog = 4 << 20

// lingering is how long goroutines that outlive their cell, or the function main
// of their program, are watched: many a race is between those two.
const lingering = 100 * time.Millisecond

// raceSettings are the race detector's own settings. It reports all races that
// it finds and does not change the exit code. By itself it would hold up each
// program that ends by a second. It is silent about a race when it has forgotten
// how one of the two got there: the longest history costs no time to speak of,
// and a goroutine that has ended is soon forgotten with a shorter one.
const raceSettings = "halt_on_error=0 exitcode=0 history_size=7 atexit_sleep_ms=%d log_path='%s'"

// A raceProcess runs cells under the race detector, which writes its reports to
// a file for each process.
type raceProcess struct {
	runner.Process
	setup harness.Setup
	logs  string // folder of the files

	cell  *notebook.Cell // the last that ran
	alive int            // goroutines that it left
	sink  runner.Sink
	read  map[string]int64 // bytes of each file that are about cells before it
}

// startRace starts a process under the race detector.
func (c *checkSession) startRace(ctx context.Context, cell *notebook.Cell) (runner.Process, error) {
	parent, err := c.builder.folder("races")
	if err != nil {
		return nil, err
	}
	logs, err := os.MkdirTemp(parent, "")
	if err != nil {
		return nil, fmt.Errorf("look for races: %w", err)
	}
	cmd := c.command(cell)
	wait := time.Duration(0)
	if programOf(cell) != "" {
		wait = lingering
	}
	cmd.Env = setEnv(cmd.Env, "GORACE", fmt.Sprintf(raceSettings, wait.Milliseconds(), filepath.Join(logs, "race")))
	cmd.Limits.Memory = int64(harness.RaceMemory(c.env.Memory))
	p, err := c.start(ctx, cell, cmd)
	if err != nil {
		return nil, errors.Join(err, os.RemoveAll(logs))
	}
	return &raceProcess{Process: p, setup: c.setup(), logs: logs}, nil
}

// Run implements runner.Process.
func (p *raceProcess) Run(ctx context.Context, cell *notebook.Cell, timeout time.Duration, sink runner.Sink) error {
	p.cell, p.sink, p.read = cell, sink, map[string]int64{}
	err := p.each(func(name string, info fs.FileInfo) error {
		p.read[name] = info.Size()
		return nil
	})
	if err != nil {
		return err
	}
	return p.Process.Run(ctx, cell, timeout, func(e notebook.Event) error {
		if f, ok := e.Body.(notebook.Finished); ok {
			p.alive = f.Goroutines
		}
		return sink(e)
	})
}

// Close implements runner.Process. It sends the verdict about the last cell
// that ran: the end of a process is when its last reports have been written.
func (p *raceProcess) Close() error {
	if p.alive > 0 {
		time.Sleep(lingering)
	}
	err := p.Process.Close()
	if p.sink != nil {
		log, readErr := p.log()
		err = errors.Join(err, readErr, p.sink(notebook.Event{Cell: p.cell.Label, Body: p.setup.Races(p.cell, log)}))
	}
	return errors.Join(err, os.RemoveAll(p.logs))
}

// log returns what was reported since the last cell began.
func (p *raceProcess) log() ([]byte, error) {
	var log []byte
	err := p.each(func(name string, _ fs.FileInfo) error {
		file, err := os.Open(name)
		if err != nil {
			return err
		}
		defer file.Close()
		if _, err := file.Seek(p.read[name], io.SeekStart); err != nil {
			return err
		}
		data, err := io.ReadAll(io.LimitReader(file, int64(maxRaceLog-len(log))))
		log = append(log, data...)
		return err
	})
	return log, err
}

// each calls f for the file of each process that reported a race.
func (p *raceProcess) each(f func(name string, info fs.FileInfo) error) error {
	entries, err := os.ReadDir(p.logs)
	if err != nil {
		return fmt.Errorf("read the reports of races: %w", err)
	}
	for _, entry := range entries {
		info, err := entry.Info()
		if err != nil || !info.Mode().IsRegular() {
			continue
		}
		if err := f(filepath.Join(p.logs, entry.Name()), info); err != nil {
			return fmt.Errorf("read the reports of races: %w", err)
		}
	}
	return nil
}
