package harness

import (
	"bytes"
	"regexp"
	"strconv"
	"strings"
)

// A raceReport is what Go's race detector says about two accesses to the same
// memory that nothing orders.
type raceReport struct {
	accesses [2]raceAccess // the later one first
}

// A raceAccess is one of the accesses of a race.
type raceAccess struct {
	write     bool
	goroutine int64   // 0: the main goroutine
	frames    []frame // innermost first
	created   []frame // of the go statement that started the goroutine; may be missing
}

var (
	raceAccessLine  = regexp.MustCompile(`^(?:Previous )?(?:atomic )?([Rr]ead|[Ww]rite) at 0x[0-9a-f]+ by (?:main goroutine|goroutine (\d+))\b`)
	raceCreatedLine = regexp.MustCompile(`^Goroutine (\d+) \(.*\) created at:$`)
)

const raceHeader = "WARNING: DATA RACE"

// raceRuler stands above and below a report.
var raceRuler = strings.Repeat("=", 18)

// parseRaces reads the reports in what the race detector wrote. What is no whole
// report is left out: the end of a log may be missing.
func parseRaces(log []byte) []raceReport {
	var all []raceReport
	var p *raceParser // nil: between two reports
	for line := range bytes.Lines(log) {
		text := strings.TrimRight(string(line), "\r\n")
		switch {
		case text == raceHeader:
			p = &raceParser{}
		case p == nil:
		case text == raceRuler:
			if p.accesses == len(p.report.accesses) {
				all = append(all, p.report)
			}
			p = nil
		default:
			p.line(text)
		}
	}
	return all
}

// A raceParser reads one report line by line.
type raceParser struct {
	report   raceReport
	accesses int        // seen so far
	stacks   []*[]frame // that the next frames belong to
	function string     // the line before a position; "" where none is expected
}

func (p *raceParser) line(text string) {
	function := p.function
	p.function = ""
	if m := raceAccessLine.FindStringSubmatch(text); m != nil {
		p.access(m[1], m[2])
		return
	}
	if m := raceCreatedLine.FindStringSubmatch(text); m != nil {
		p.created(m[1])
		return
	}
	indented := strings.TrimLeft(text, " ")
	switch indent := len(text) - len(indented); {
	case indent == 2:
		p.function = strings.TrimSuffix(indented, "()")
	case indent > 2 && function != "":
		position, _, _ := strings.Cut(indented, " +0x")
		if f, ok := newFrame(function, position); ok {
			for _, stack := range p.stacks {
				*stack = append(*stack, f)
			}
		}
	}
}

// access begins the stack of an access. A third one is no part of a race.
func (p *raceParser) access(kind, goroutine string) {
	p.stacks = nil
	if p.accesses == len(p.report.accesses) {
		return
	}
	a := &p.report.accesses[p.accesses]
	p.accesses++
	a.write = strings.EqualFold(kind, "write")
	a.goroutine = goroutineNumber(goroutine)
	p.stacks = []*[]frame{&a.frames}
}

// created begins the stack of the go statement of a goroutine, of one access or
// of both.
func (p *raceParser) created(goroutine string) {
	p.stacks = nil
	for i := range p.report.accesses {
		if a := &p.report.accesses[i]; a.goroutine == goroutineNumber(goroutine) {
			p.stacks = append(p.stacks, &a.created)
		}
	}
}

// goroutineNumber reads the number of a goroutine; the main one has none.
func goroutineNumber(text string) int64 {
	n, _ := strconv.ParseInt(text, 10, 64)
	return n
}
