// Publishers, topics and subscribers over channels, with a middle that filters,
// counts and batches. Every exchange waits for its answer, so that the order
// of the output is known.
package main

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
)

type Topic string

type Message struct {
	Topic
	Body any
	seq  uint64
}

func (m Message) String() string { return fmt.Sprintf("%s#%d(%v)", m.Topic, m.seq, m.Body) }

type Handler interface{ Handle(Message) error }

type HandlerFunc func(Message) error

func (f HandlerFunc) Handle(m Message) error { return f(m) }

type Middleware func(Handler) Handler

func wrap(h Handler, ms ...Middleware) Handler {
	for _, m := range slices.Backward(ms) {
		h = m(h)
	}
	return h
}

var (
	ErrClosed  = errors.New("broker closed")
	ErrIgnored = errors.New("ignored")

	sequence atomic.Uint64
	registry = newRegistry("error", "debug")
)

type names map[Topic]int

func newRegistry(topics ...Topic) names {
	n := names{}
	for _, t := range topics {
		n.register(t)
	}
	return n
}

func (n names) register(t Topic) int {
	if _, ok := n[t]; !ok {
		n[t] = len(n) + 1
	}
	return n[t]
}

type subscription struct {
	id      int
	in      chan Message
	handler Handler
	done    chan struct{}
	failed  int
}

type request struct {
	subscribe   *subscription
	topic       Topic
	unsubscribe int
	publish     *Message
	reply       chan error
}

type Broker struct {
	requests chan request
	quit     chan struct{}
	stopped  chan struct{}
	subs     map[Topic][]*subscription
	lastID   int
	wg       sync.WaitGroup
}

func NewBroker() *Broker {
	b := &Broker{
		requests: make(chan request), quit: make(chan struct{}), stopped: make(chan struct{}),
		subs: map[Topic][]*subscription{},
	}
	go b.loop()
	return b
}

func (b *Broker) loop() {
	defer close(b.stopped)
serving:
	for {
		select {
		case r := <-b.requests:
			r.reply <- b.serve(r)
		case <-b.quit:
			break serving
		}
	}
	for _, t := range slices.Sorted(maps.Keys(b.subs)) {
		for _, s := range b.subs[t] {
			close(s.in)
		}
	}
}

func (b *Broker) serve(r request) error {
	switch {
	case r.subscribe != nil:
		b.lastID++
		r.subscribe.id = b.lastID
		b.subs[r.topic] = append(b.subs[r.topic], r.subscribe)
		b.wg.Go(r.subscribe.serve)
		return nil
	case r.publish != nil:
		return b.deliver(*r.publish)
	}
	return b.remove(r.unsubscribe)
}

func (s *subscription) serve() {
	for m := range s.in {
		if err := s.handler.Handle(m); err != nil && !errors.Is(err, ErrIgnored) {
			s.failed++
		}
		s.done <- struct{}{}
	}
	close(s.done)
}

func (b *Broker) deliver(m Message) error {
	targets := slices.Concat(b.subs[m.Topic], b.subs[Wildcard])
	if len(targets) == 0 {
		return fmt.Errorf("%v: nobody listens", m)
	}
	for _, s := range targets {
		s.in <- m
		<-s.done
	}
	return nil
}

const Wildcard Topic = "*"

func (b *Broker) remove(id int) error {
	for t, subs := range b.subs {
		for i, s := range subs {
			if s.id == id {
				b.subs[t] = slices.Delete(slices.Clone(subs), i, i+1)
				close(s.in)
				<-s.done
				return nil
			}
		}
	}
	return fmt.Errorf("no subscription %d", id)
}

func (b *Broker) ask(r request) error {
	r.reply = make(chan error, 1)
	select {
	case b.requests <- r:
		return <-r.reply
	case <-b.stopped:
		return ErrClosed
	}
}

func (b *Broker) Subscribe(t Topic, h Handler, ms ...Middleware) (*subscription, error) {
	s := &subscription{in: make(chan Message), done: make(chan struct{}), handler: wrap(h, ms...)}
	return s, b.ask(request{subscribe: s, topic: t})
}

func (b *Broker) Publish(t Topic, body any) error {
	registry.register(t)
	return b.ask(request{publish: &Message{t, body, sequence.Add(1)}})
}

func (b *Broker) Close() {
	close(b.quit)
	<-b.stopped
	b.wg.Wait()
}

func filtering(keep func(Message) bool) Middleware {
	return func(next Handler) Handler {
		return HandlerFunc(func(m Message) error {
			if keep(m) {
				return next.Handle(m)
			}
			return ErrIgnored
		})
	}
}

type counting struct {
	Handler
	counts map[Topic]int
}

func (c *counting) Handle(m Message) error {
	c.counts[m.Topic]++
	return c.Handler.Handle(m)
}

func recovering(log func(string)) Middleware {
	return func(next Handler) Handler {
		return HandlerFunc(func(m Message) (err error) {
			defer func() {
				if r := recover(); r != nil {
					log(fmt.Sprintf("%v: %v", m, r))
					err = fmt.Errorf("panic: %v", r)
				}
			}()
			return next.Handle(m)
		})
	}
}

func batching[T any](size int, flush func([]T)) (Handler, func()) {
	var batch []T
	end := func() {
		if len(batch) > 0 {
			flush(batch)
			batch = nil
		}
	}
	return HandlerFunc(func(m Message) error {
		v, ok := m.Body.(T)
		if !ok {
			return fmt.Errorf("%T is no %T", m.Body, v)
		}
		if batch = append(batch, v); len(batch) == size {
			end()
		}
		return nil
	}), end
}

func merge[T any](ctx context.Context, sources ...<-chan T) <-chan T {
	out := make(chan T)
	var wg sync.WaitGroup
	for _, src := range sources {
		wg.Go(func() {
			for v := range src {
				select {
				case out <- v:
				case <-ctx.Done():
					return
				}
			}
		})
	}
	go func() {
		wg.Wait()
		close(out)
	}()
	return out
}

func stream[T any](values ...T) <-chan T {
	c := make(chan T, len(values))
	for _, v := range values {
		c <- v
	}
	close(c)
	return c
}

func main() {
	b := NewBroker()
	fmt.Println(b.Publish("news", "too early"))
	var lines []string
	printer := HandlerFunc(func(m Message) error {
		lines = append(lines, m.String())
		return nil
	})
	news, err := b.Subscribe("news", printer)
	fmt.Println(news.id, err)
	for i, body := range []any{"rain", 12, []string{"a", "b"}} {
		if err := b.Publish("news", body); err != nil {
			fmt.Println(i, err)
		}
	}
	fmt.Println(strings.Join(lines, " "), sequence.Load())

	counter := &counting{printer, map[Topic]int{}}
	all, err := b.Subscribe(Wildcard, counter, filtering(func(m Message) bool {
		s, ok := m.Body.(string)
		return ok && len(s) > 3
	}))
	fmt.Println(all.id, err)
	lines = nil
	err = errors.Join(b.Publish("news", "snow storm"), b.Publish("sport", "1:0"), b.Publish("sport", "goal"))
	fmt.Println(lines, err, counter.counts)

	var crashes []string
	bad := HandlerFunc(func(m Message) error {
		numbers, index := []int{1, 2}, m.Body.(int)
		lines = append(lines, fmt.Sprint("number ", numbers[index]))
		return nil
	})
	risky, err := b.Subscribe("risk", bad, recovering(func(s string) { crashes = append(crashes, s) }))
	for _, body := range []any{1, 7, "x", 0} {
		err = errors.Join(err, b.Publish("risk", body))
	}
	fmt.Println(err, risky.failed, lines[len(lines)-2:])
	for _, c := range crashes {
		before, after, _ := strings.Cut(c, ": ")
		fmt.Println(before, "|", after)
	}

	var batches [][]float64
	handler, flush := batching(2, func(fs []float64) { batches = append(batches, fs) })
	measures, err := b.Subscribe("measure", handler)
	for _, f := range []float64{1.5, 2.5, 3.5} {
		b.Publish("measure", f)
	}
	b.Publish("measure", "no number")
	fmt.Println(batches, measures.failed, err)
	flush()
	flush()
	fmt.Println(batches, len(batches[0]))

	fmt.Println(b.ask(request{unsubscribe: news.id}), b.ask(request{unsubscribe: 99}))
	lines = nil
	b.Publish("news", "hidden from the first")
	fmt.Println(len(lines), counter.counts["news"])
	topics := slices.Sorted(maps.Keys(registry))
	fmt.Println(topics, registry["error"], registry["debug"], len(registry))

	ctx, cancel := context.WithCancelCause(context.Background())
	merged := merge(ctx, stream(1, 4, 7), stream(2, 5), stream[int](), stream(3, 6))
	var got []int
	for v := range merged {
		got = append(got, v)
	}
	slices.Sort(got)
	fmt.Println(got)
	cancel(ErrClosed)
	<-ctx.Done()
	fmt.Println(context.Cause(ctx) == ErrClosed, ctx.Err())

	echo := make(chan chan string)
	go func() {
		for reply := range echo {
			reply <- strings.Repeat("echo ", cap(reply))
		}
	}()
	for n := range 3 {
		reply := make(chan string, n)
		echo <- reply
		if n == 0 {
			fmt.Printf("%q ", <-reply)
			continue
		}
		fmt.Printf("%q ", strings.TrimSpace(<-reply))
	}
	close(echo)
	fmt.Println()

	b.Close()
	_, err = b.Subscribe("late", printer)
	fmt.Println(err, errors.Is(b.ask(request{}), ErrClosed))
	failed := map[string]int{"news": news.failed, "risky": risky.failed, "measures": measures.failed}
	fmt.Println(failed, sequence.Load(), len(crashes))
}
