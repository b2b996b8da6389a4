package runner

import (
	"fmt"
	"time"

	"notebook"
)

const (
	// loadTime is how long the machine is watched at least, since the system
	// counts its time in hundredths of a second.
	loadTime = 100 * time.Millisecond
	// maxLoad is the share of the machine that other work may take.
	maxLoad = 0.10
)

// noise tells in which cells that need a quiet machine it was not quiet.
type noise struct {
	began map[string]load
	loud  map[string]string // why, by label
}

// A load is what a machine has done since it started, in units of the system.
type load struct {
	busy, all float64 // of all cores; all holds the idle time too
	units     float64 // a second of one core
	at        time.Time
}

// event watches the first run of a cell that needs quiet.
func (n *noise) event(note *notebook.Note, e notebook.Event) {
	if e.Cell == "" || e.Run != 0 {
		return
	}
	switch body := e.Body.(type) {
	case notebook.Started:
		if c := note.Cell(e.Cell); c != nil && c.Options.Needs.Quiet {
			n.begin(e.Cell)
		}
	case notebook.Finished:
		if _, ok := n.began[e.Cell]; ok {
			n.end(e.Cell, body)
		}
	}
}

func (n *noise) begin(label string) {
	if n.began == nil {
		n.began, n.loud = map[string]load{}, map[string]string{}
	}
	now, ok := machineLoad()
	if !ok {
		n.loud[label] = "this system does not tell whether it is"
		return
	}
	n.began[label] = now
}

func (n *noise) end(label string, f notebook.Finished) {
	began := n.began[label]
	time.Sleep(loadTime - time.Since(began.at)) // no time where that is over
	now, ok := machineLoad()
	if !ok || now.all <= began.all {
		n.loud[label] = "this system does not tell whether it is"
		return
	}
	others := now.busy - began.busy - (f.CPU+f.ChildCPU).Seconds()*now.units
	if share := others / (now.all - began.all); share > maxLoad {
		n.loud[label] = fmt.Sprintf("other work took %.0f %% of it", share*100)
	}
}
