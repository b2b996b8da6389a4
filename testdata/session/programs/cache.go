// A cache that forgets what was used longest ago, and a queue that runs the
// most urgent job first.
package main

import (
	"container/heap"
	"errors"
	"fmt"
	"iter"
	"slices"
	"sort"
	"strings"
)

// entry is a link of the list of a cache, most recent first.
type entry[K comparable, V any] struct {
	key        K
	value      V
	prev, next *entry[K, V]
}

type cache[K comparable, V any] struct {
	limit int
	items map[K]*entry[K, V]
	root  entry[K, V]
	stats counters
	onOut func(K, V)
}

type counters struct{ hits, misses, out int }

func (c counters) String() string {
	return fmt.Sprintf("hits %d, misses %d, out %d", c.hits, c.misses, c.out)
}

func newCache[K comparable, V any](limit int) *cache[K, V] {
	c := &cache[K, V]{limit: limit, items: map[K]*entry[K, V]{}}
	c.root.prev, c.root.next = &c.root, &c.root
	return c
}

func (c *cache[K, V]) unlink(e *entry[K, V]) {
	e.prev.next, e.next.prev = e.next, e.prev
}

func (c *cache[K, V]) front(e *entry[K, V]) {
	e.prev, e.next = &c.root, c.root.next
	e.prev.next, e.next.prev = e, e
}

func (c *cache[K, V]) get(k K) (v V, ok bool) {
	e, ok := c.items[k]
	if !ok {
		c.stats.misses++
		return v, false
	}
	c.stats.hits++
	c.unlink(e)
	c.front(e)
	return e.value, true
}

func (c *cache[K, V]) put(k K, v V) {
	if e, ok := c.items[k]; ok {
		e.value = v
		c.unlink(e)
		c.front(e)
		return
	}
	if len(c.items) == c.limit {
		last := c.root.prev
		c.unlink(last)
		delete(c.items, last.key)
		c.stats.out++
		if c.onOut != nil {
			c.onOut(last.key, last.value)
		}
	}
	e := &entry[K, V]{key: k, value: v}
	c.items[k] = e
	c.front(e)
}

func (c *cache[K, V]) all() iter.Seq2[K, V] {
	return func(yield func(K, V) bool) {
		for e := c.root.next; e != &c.root; e = e.next {
			if !yield(e.key, e.value) {
				return
			}
		}
	}
}

func keys[K comparable, V any](c *cache[K, V]) (ks []K) {
	for k := range c.all() {
		ks = append(ks, k)
	}
	return ks
}

type urgency int

const (
	low urgency = iota
	normal
	high
)

var urgencyNames = [...]string{low: "low", normal: "normal", high: "high"}

func (u urgency) String() string { return urgencyNames[u] }

type job struct {
	name  string
	level urgency
	at    int
	needs []string
	run   func() (string, error)
}

type jobs []*job

func (js jobs) Len() int { return len(js) }
func (js jobs) Less(i, j int) bool {
	if js[i].level != js[j].level {
		return js[i].level > js[j].level
	}
	return js[i].at < js[j].at
}
func (js jobs) Swap(i, j int) { js[i], js[j] = js[j], js[i] }
func (js *jobs) Push(x any)   { *js = append(*js, x.(*job)) }
func (js *jobs) Pop() any {
	old := *js
	last := old[len(old)-1]
	*js = old[:len(old)-1]
	return last
}

var (
	errFailed  = errors.New("job failed")
	clock      int
	transcript []string
)

type scheduler struct {
	queue jobs
	done  map[string]bool
}

func (s *scheduler) add(name string, level urgency, needs ...string) *scheduler {
	clock++
	heap.Push(&s.queue, &job{name: name, level: level, at: clock, needs: needs, run: work(name)})
	return s
}

func work(name string) func() (string, error) {
	runs := 0
	return func() (string, error) {
		runs++
		if strings.HasPrefix(name, "bad") && runs < 2 {
			return "", fmt.Errorf("%s, run %d: %w", name, runs, errFailed)
		}
		return fmt.Sprintf("%s done after %d", name, runs), nil
	}
}

func (s *scheduler) ready(j *job) bool {
	for _, n := range j.needs {
		if !s.done[n] {
			return false
		}
	}
	return true
}

func (s *scheduler) step() (more bool) {
	if len(s.queue) == 0 {
		return false
	}
	var waiting []*job
	for len(s.queue) > 0 {
		j := heap.Pop(&s.queue).(*job)
		if !s.ready(j) {
			waiting = append(waiting, j)
			continue
		}
		s.execute(j)
		break
	}
	for _, j := range waiting {
		heap.Push(&s.queue, j)
	}
	return true
}

func (s *scheduler) execute(j *job) {
	text, err := j.run()
	switch {
	case errors.Is(err, errFailed):
		record("retry: %v", err)
		j.level = low
		heap.Push(&s.queue, j)
	case err == nil:
		record("%-6s %s", j.level, text)
		s.done[j.name] = true
	}
}

func record(format string, args ...any) {
	transcript = append(transcript, fmt.Sprintf(format, args...))
}

func init() {
	record("start at %d", clock)
}

func main() {
	squares := newCache[int, string](3)
	var forgotten []string
	squares.onOut = func(k int, v string) { forgotten = append(forgotten, fmt.Sprint(k, "=", v)) }
	lookup := func(n int) string {
		if s, ok := squares.get(n); ok {
			return s
		}
		s := fmt.Sprint(n * n)
		squares.put(n, s)
		return s
	}
	for _, n := range []int{1, 2, 3, 1, 4, 1, 5, 2} {
		fmt.Print(lookup(n), " ")
	}
	fmt.Println()
	fmt.Println(keys(squares), forgotten, squares.stats)

	squares.put(5, "twenty-five")
	v, ok := squares.get(5)
	fmt.Println(v, ok, keys(squares))
	_, ok = squares.get(99)
	fmt.Println(ok, squares.stats.misses)

	words := newCache[string, []int](2)
	text := "the cat and the dog and the bird"
	for i, w := range strings.Fields(text) {
		places, _ := words.get(w)
		words.put(w, append(places, i))
	}
	for w, places := range words.all() {
		fmt.Println(w, places)
	}
	fmt.Println(words.stats)

	s := &scheduler{done: map[string]bool{}}
	s.add("sweep", low).add("cook", normal, "shop").add("shop", normal).add("bad-oven", high)
	s.add("serve", high, "cook", "bad-oven")
	fmt.Println(len(s.queue), s.queue[0].name)
	steps := 0
	for s.step() {
		steps++
	}
	fmt.Println("steps", steps)
	for i, line := range transcript {
		fmt.Println(i, line)
	}

	names := make([]string, 0, len(s.done))
	for n := range s.done {
		names = append(names, n)
	}
	sort.Strings(names)
	fmt.Println(names, len(names) == 5)

	byLength := slices.SortedStableFunc(slices.Values(names), func(a, b string) int { return len(a) - len(b) })
	fmt.Println(byLength)
	longest := byLength[len(byLength)-1]
	total := 0
	for _, n := range names {
		total += len(n)
	}
	fmt.Printf("%q %d %.2f\n", longest, total, float64(total)/float64(len(names)))

	s = &scheduler{done: map[string]bool{"x": true}}
	s.add("after", high, "x").add("never", high, "y")
	for range 3 {
		s.step()
	}
	fmt.Println(len(s.queue), s.done["after"], s.done["never"], transcript[len(transcript)-1])

	var zero cache[string, int]
	zeroStats, limit := zero.stats, zero.limit
	fmt.Println(zeroStats, limit, clock, normal+1 == high)
}
