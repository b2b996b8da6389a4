package notebook

import "iter"

// Fold reduces the event stream of a note to its result. A stream that breaks
// off gives the result so far: runs without an end are [Interrupted]. Events
// that name no cell of the note, and unknown events, are left out. Of the
// output of a run no more is kept than a page shows: the first MiB and the last
// 64 KiB.
func Fold(n *Note, events iter.Seq[Event]) *Result {
	f := NewFolder(n)
	for e := range events {
		f.Add(e)
	}
	return f.Result()
}

// A Folder is a [Fold] that is given its events one by one.
type Folder struct {
	result  *Result
	known   map[string]bool // labels of the note's cells
	outputs map[*CellRun]*outputFold
}

// NewFolder returns a Folder for the event stream of a note.
func NewFolder(n *Note) *Folder {
	f := &Folder{
		result: &Result{Cells: map[string][]*CellRun{}, Claims: map[int]Claimed{}, Values: map[int]Valued{}},
		known:  map[string]bool{}, outputs: map[*CellRun]*outputFold{},
	}
	for _, c := range n.Cells {
		f.known[c.Label] = true
	}
	return f
}

// Result returns the result. It is to be called once, after the last event.
func (f *Folder) Result() *Result {
	for run, outputs := range f.outputs {
		run.Outputs, run.LeftOut = outputs.result()
		run.Lines = outputs.lines
	}
	return f.result
}

// Add takes the next event of the stream.
func (f *Folder) Add(e Event) {
	switch body := e.Body.(type) {
	case Start:
		f.result.Ran = true
		f.result.Start = body
		f.result.Start.Date = body.Date.UTC() // equal bytes in every time zone
	case End:
		f.result.End = body
	case Built:
		f.result.Build += body.Compile + body.Link
	case Claimed:
		f.result.Claims[body.Number] = body
	case Valued:
		f.result.Values[body.Number] = body
	case Problem:
		if e.Cell == "" {
			f.result.Problems = append(f.result.Problems, body)
		}
	}
	if f.known[e.Cell] && (e.Run == 0 || keptOfReruns(e.Body)) {
		f.addToCell(e)
	}
}

// maxShownAgain is how long a value is that is kept of further runs, in bytes.
const maxShownAgain = 100

// keptOfReruns reports whether an event of a run after the first is kept: what
// such a run wrote is not, since a page shows the first run. A short value is:
// claims are about those of all runs.
func keptOfReruns(body Body) bool {
	switch body := body.(type) {
	case Written:
		return false
	case Displayed:
		return body.MIME == "text/plain" && len(body.Data) <= maxShownAgain
	}
	return true
}

func (f *Folder) addToCell(e Event) {
	switch body := e.Body.(type) {
	case Started:
		f.run(e).Started = true
	case Written:
		f.outputs[f.run(e)].add(body)
	case Displayed:
		r := f.run(e)
		r.Displays = append(r.Displays, body)
	case Recorded:
		r := f.run(e)
		r.Recorded = append(r.Recorded, body)
	case Problem:
		r := f.run(e)
		r.Problems = append(r.Problems, body)
	case Traced:
		f.run(e).Traced = &body
	case Verdict:
		r := f.run(e)
		r.Verdicts = append(r.Verdicts, body)
	case Repeated:
		r := f.run(e)
		r.Repeated = append(r.Repeated, body)
	case Compared:
		f.run(e).Compared = &body
	case Finished:
		f.run(e).Finished = &body
	case NotRun:
		f.run(e).NotRun = &body
	}
}

// run returns the run that e belongs to; the first event of a run makes it.
func (f *Folder) run(e Event) *CellRun {
	for _, r := range f.result.Cells[e.Cell] {
		if r.Engine == e.Engine && r.Run == e.Run {
			return r
		}
	}
	r := &CellRun{Engine: e.Engine, Run: e.Run}
	f.result.Cells[e.Cell] = append(f.result.Cells[e.Cell], r)
	f.outputs[r] = &outputFold{}
	return r
}
