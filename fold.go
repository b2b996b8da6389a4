package notebook

import "iter"

// Fold reduces the event stream of a note to its result. A stream that breaks
// off gives the result so far: runs without an end are [Interrupted]. Events
// that name no cell of the note, and unknown events, are left out.
func Fold(n *Note, events iter.Seq[Event]) *Result {
	f := folder{result: &Result{Cells: map[string][]*CellRun{}}, known: map[string]bool{}}
	for _, c := range n.Cells {
		f.known[c.Label] = true
	}
	for e := range events {
		f.add(e)
	}
	return f.result
}

type folder struct {
	result *Result
	known  map[string]bool // labels of the note's cells
}

func (f *folder) add(e Event) {
	switch body := e.Body.(type) {
	case Start:
		f.result.Ran = true
		f.result.Start = body
		f.result.Start.Date = body.Date.UTC() // equal bytes in every time zone
	case End:
		f.result.End = body
	case Built:
		f.result.Build += body.Compile + body.Link
	case Problem:
		if e.Cell == "" {
			f.result.Problems = append(f.result.Problems, body)
		}
	}
	if f.known[e.Cell] {
		f.addToCell(e)
	}
}

func (f *folder) addToCell(e Event) {
	switch body := e.Body.(type) {
	case Started:
		f.run(e).Started = true
	case Written:
		f.run(e).write(body)
	case Displayed:
		r := f.run(e)
		r.Displays = append(r.Displays, body)
	case Recorded:
		r := f.run(e)
		r.Recorded = append(r.Recorded, body)
	case Problem:
		r := f.run(e)
		r.Problems = append(r.Problems, body)
	case Finished:
		f.run(e).Finished = &body
	case NotRun:
		f.run(e).NotRun = &body
	}
}

// run returns the run that e belongs to; the first event of a run makes it.
func (f *folder) run(e Event) *CellRun {
	for _, r := range f.result.Cells[e.Cell] {
		if r.Engine == e.Engine && r.Run == e.Run {
			return r
		}
	}
	r := &CellRun{Engine: e.Engine, Run: e.Run}
	f.result.Cells[e.Cell] = append(f.result.Cells[e.Cell], r)
	return r
}

// write appends output, joined with the output before it where both went to
// one stream. Joined output of several goroutines belongs to none of them.
func (r *CellRun) write(w Written) {
	if n := len(r.Outputs); n > 0 {
		last := &r.Outputs[n-1]
		if last.Stream == w.Stream && last.Late == w.Late {
			last.Data = append(last.Data, w.Data...)
			if last.Goroutine != w.Goroutine {
				last.Goroutine = 0
			}
			return
		}
	}
	w.Data = append([]byte(nil), w.Data...) // later writes are appended to it
	r.Outputs = append(r.Outputs, w)
}
