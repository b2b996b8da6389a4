// A bank with accounts behind locks, a pool of tellers and an audit. What
// depends on who was first is sorted or summed before it is printed.
package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
)

type Cents int64

func (c Cents) String() string {
	sign := ""
	if c < 0 {
		sign, c = "-", -c
	}
	return fmt.Sprintf("%s%d.%02d", sign, c/100, c%100)
}

const (
	Cent Cents = 1
	Euro       = 100 * Cent
)

type Account struct {
	mu      sync.Mutex
	id      int
	owner   string
	balance Cents
	history []Entry
}

type Entry struct {
	Kind   Kind
	Amount Cents
}

type Kind int

const (
	Deposit Kind = 1 + iota
	Withdraw
	TransferIn
	TransferOut
)

//go:noinline
func (k Kind) String() string {
	switch k {
	case Deposit:
		return "deposit"
	case Withdraw:
		return "withdraw"
	case TransferIn, TransferOut:
		return "transfer"
	default:
		return fmt.Sprintf("Kind(%d)", int(k))
	}
}

type InsufficientError struct {
	Account int
	Missing Cents
}

func (e InsufficientError) Error() string {
	return fmt.Sprintf("account %d: %v missing", e.Account, e.Missing)
}

var (
	ErrUnknown = errors.New("unknown account")
	ErrFrozen  = fmt.Errorf("%w or frozen", ErrUnknown)
)

type Bank struct {
	sync.RWMutex
	accounts map[int]*Account
	frozen   map[int]struct{}
	nextID   int
	log      Log
}

type Log interface {
	Add(format string, args ...any)
}

type memoryLog struct {
	mu    sync.Mutex
	lines []string
}

func (l *memoryLog) Add(format string, args ...any) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.lines = append(l.lines, fmt.Sprintf(format, args...))
}

func (l *memoryLog) Sorted() []string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return slices.Sorted(slices.Values(l.lines))
}

type prefixed struct {
	Log
	prefix string
}

func (p prefixed) Add(format string, args ...any) { p.Log.Add(p.prefix+format, args...) }

func NewBank(log Log) *Bank {
	return &Bank{accounts: map[int]*Account{}, frozen: make(map[int]struct{}), nextID: firstID, log: log}
}

const firstID = 100

func (b *Bank) Open(owner string, first Cents) *Account {
	b.Lock()
	defer b.Unlock()
	a := &Account{id: b.nextID, owner: owner}
	b.nextID++
	b.accounts[a.id] = a
	a.add(Deposit, first)
	return a
}

func (a *Account) add(k Kind, c Cents) {
	a.balance += c
	a.history = append(a.history, Entry{k, c})
}

func (b *Bank) find(id int) (*Account, error) {
	b.RLock()
	defer b.RUnlock()
	if _, ok := b.frozen[id]; ok {
		return nil, fmt.Errorf("account %d: %w", id, ErrFrozen)
	}
	a, ok := b.accounts[id]
	if !ok {
		return nil, fmt.Errorf("account %d: %w", id, ErrUnknown)
	}
	return a, nil
}

func (b *Bank) Transfer(from, to int, c Cents) (err error) {
	defer func() {
		if err != nil {
			b.log.Add("refused: %v", err)
		}
	}()
	src, err := b.find(from)
	if err != nil {
		return err
	}
	dst, err := b.find(to)
	if err != nil {
		return err
	}
	if src == dst {
		return nil
	}
	first, second := src, dst
	if first.id > second.id {
		first, second = second, first
	}
	first.mu.Lock()
	defer first.mu.Unlock()
	second.mu.Lock()
	defer second.mu.Unlock()
	if missing := c - src.balance; missing > 0 {
		return InsufficientError{from, missing}
	}
	src.add(TransferOut, -c)
	dst.add(TransferIn, c)
	moved.Add(int64(c))
	return nil
}

var moved atomic.Int64

func (b *Bank) Total() (sum Cents) {
	b.RLock()
	defer b.RUnlock()
	for _, a := range b.accounts {
		a.mu.Lock()
		sum += a.balance
		a.mu.Unlock()
	}
	return sum
}

type order struct {
	from, to int
	amount   Cents
	result   chan<- error
}

func tellers(ctx context.Context, b *Bank, n int, orders <-chan order) *sync.WaitGroup {
	var wg sync.WaitGroup
	for range n {
		wg.Go(func() {
			for {
				select {
				case o, ok := <-orders:
					if !ok {
						return
					}
					o.result <- b.Transfer(o.from, o.to, o.amount)
				case <-ctx.Done():
					return
				}
			}
		})
	}
	return &wg
}

type report struct {
	owner   string
	balance Cents
	entries int
}

func (b *Bank) Reports() (rs []report) {
	for _, a := range b.accounts {
		rs = append(rs, report{a.owner, a.balance, len(a.history)})
	}
	slices.SortFunc(rs, func(x, y report) int {
		return cmp.Or(-cmp.Compare(x.balance, y.balance), strings.Compare(x.owner, y.owner))
	})
	return rs
}

func countKinds(b *Bank) map[Kind]int {
	counts := map[Kind]int{}
	for _, a := range b.accounts {
		for _, e := range a.history {
			counts[e.Kind]++
		}
	}
	return counts
}

func main() {
	log := &memoryLog{}
	bank := NewBank(prefixed{log, "bank: "})
	names := []string{"ann", "bob", "cleo", "dan"}
	accounts := map[string]*Account{}
	for i, n := range names {
		accounts[n] = bank.Open(n, Cents(i+1)*10*Euro)
	}
	ann, bob := accounts["ann"], accounts["bob"]
	fmt.Println(ann.id, ann.balance, bob.owner, bob.balance, bank.Total())

	err := bank.Transfer(ann.id, bob.id, 250)
	fmt.Println(err, ann.balance, bob.balance)
	err = bank.Transfer(ann.id, bob.id, 1000*Euro)
	fmt.Println(err)
	var short InsufficientError
	if errors.As(err, &short) {
		fmt.Println("missing", short.Missing, "on", short.Account)
	}
	fmt.Println(bank.Transfer(ann.id, 999, 1), errors.Is(bank.Transfer(1, 2, 3), ErrUnknown))
	bank.frozen[accounts["dan"].id] = struct{}{}
	err = bank.Transfer(accounts["dan"].id, ann.id, 1)
	fmt.Println(err, errors.Is(err, ErrFrozen), errors.Is(err, ErrUnknown))
	delete(bank.frozen, accounts["dan"].id)

	ctx, cancel := context.WithCancel(context.Background())
	orders := make(chan order)
	pool := tellers(ctx, bank, 4, orders)
	results := make(chan error, 8)
	before := bank.Total()
	go func() {
		for i := range 200 {
			from := firstID + i%len(names)
			to := firstID + (i*7+1)%len(names)
			orders <- order{from, to, Cents(i%5) * Cent, results}
		}
	}()
	var failures int
	for range 200 {
		if err := <-results; err != nil {
			failures++
		}
	}
	fmt.Println(failures, before == bank.Total(), before)
	cancel()
	pool.Wait()
	fmt.Println(ctx.Err())

	rs := bank.Reports()
	for _, r := range rs {
		fmt.Println(r.owner, r.entries > 10, r.balance > 0)
	}
	counts := countKinds(bank)
	kinds := slices.Sorted(maps.Keys(counts))
	fmt.Println(kinds, counts[Deposit], counts[TransferIn] == counts[TransferOut], Kind(9))

	closing := make(chan order, 3)
	pool = tellers(context.Background(), bank, 1, closing)
	answer := make(chan error, 3)
	for _, c := range []Cents{5 * Euro, 1_000_000, 0} {
		closing <- order{bob.id, ann.id, c, answer}
	}
	close(closing)
	pool.Wait()
	close(answer)
	var texts []string
	for err := range answer {
		texts = append(texts, fmt.Sprint(err))
	}
	slices.Sort(texts)
	fmt.Println(len(texts), texts[1:], strings.HasSuffix(texts[0], "missing"))

	fmt.Println(moved.Load() > 250, len(log.lines))
	for _, line := range slices.Compact(log.Sorted()) {
		if !strings.Contains(line, "missing") {
			fmt.Println(line)
		}
	}

	audit := func(check func(*Account) bool) (bad []string) {
		for _, n := range names {
			if a := accounts[n]; !check(a) {
				bad = append(bad, a.owner)
			}
		}
		return
	}
	sums := func(a *Account) bool {
		var sum Cents
		for _, e := range a.history {
			sum += e.Amount
		}
		return sum == a.balance
	}
	fmt.Println(audit(sums) == nil, audit(func(a *Account) bool { return a.id%2 == 0 }))
	bob.balance++
	fmt.Println(audit(sums), bank.Total()-before)
	var nobody *Account
	func() {
		defer func() { fmt.Println("recovered:", recover() != nil) }()
		nobody.add(Deposit, 1)
	}()
	fmt.Println(Cents(-5), Cents(123456), -3*Euro)
}
