package main

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"notebook"
)

// runOptions are the flags of every command that runs cells.
type runOptions struct {
	engine   notebook.EngineName // "": as the note says
	failFast bool
	decide   bool // run cells again whose times leave a claim open, and tell of those left
	silent   bool // tell nothing about the run
	quick    bool
	race     bool
	trace    bool
	traces   string // folder for raw traces; "": nobody wants them
	env      []string

	// Limits; 0: not given.
	timeout   time.Duration
	memory    notebook.Size
	maxOutput notebook.Size
}

func (o *runOptions) register(cmd *cobra.Command, a *app) {
	registerEngine(cmd, &o.engine)
	registerStrict(cmd, a)
	registerAllowNet(cmd, a)
	flags := cmd.Flags()
	flags.BoolVar(&o.failFast, "fail-fast", false, "stop a note at its first unexpected outcome")
	flags.BoolVar(&o.quick, "quick", false, "run each cell once, whatever its options say, and compare nothing")
	flags.BoolVar(&o.trace, "trace", false, "record a timeline of every cell, also of those that start no goroutine")
	flags.StringVar(&o.traces, "keep-trace", "", "write the recorded traces into this `folder`, for go tool trace")
	flags.BoolVar(&o.race, "race", false, "run cells under the race detector too; a race fails the note")
	flags.Var((*positiveDuration)(&o.timeout), "timeout", "let no cell take longer than this `time`, such as 10s")
	flags.Var(&sizeValue{&o.memory, notebook.MinMemory}, "mem", "let no cell take more memory than this `size`, such as 256MiB")
	flags.Var(&sizeValue{&o.maxOutput, 1}, "max-output", "keep no more of a cell's output than this `size`, such as 10MB")
	flags.StringArrayVar(&o.env, "env", nil, "let cells see the variable `NAME` of the environment too (repeatable)")
}

func registerStrict(cmd *cobra.Command, a *app) {
	cmd.Flags().BoolVar(&a.strict, "strict", false, "let a warning fail a note")
}

func registerAllowNet(cmd *cobra.Command, a *app) {
	cmd.Flags().BoolVar(&a.allowNet, "allow-net", false, "download the modules that the go.mod of a note requires")
}

func registerEngine(cmd *cobra.Command, engine *notebook.EngineName) {
	cmd.Flags().Var((*engineValue)(engine), "engine", "run the cells with this `engine` whatever the note says: "+strings.Join(engineNames, ", "))
	cobra.CheckErr(cmd.RegisterFlagCompletionFunc("engine", cobra.FixedCompletions(engineNames, cobra.ShellCompDirectiveNoFileComp)))
}

var engineNames = []string{string(notebook.Auto), string(notebook.Compiled), string(notebook.Yaegi)}

// An engineValue is the value of --engine.
type engineValue notebook.EngineName

func (e *engineValue) String() string { return string(*e) }
func (e *engineValue) Type() string   { return "name" }

// Set implements pflag.Value.
func (e *engineValue) Set(s string) error {
	for _, name := range engineNames {
		if s == name {
			*e = engineValue(s)
			return nil
		}
	}
	return fmt.Errorf("must be one of %s", strings.Join(engineNames, ", "))
}

// A positiveDuration is the value of a flag that cannot be zero or less.
type positiveDuration time.Duration

func (d *positiveDuration) String() string {
	if *d == 0 {
		return ""
	}
	return time.Duration(*d).String()
}

func (d *positiveDuration) Type() string { return "duration" }

// Set implements pflag.Value.
func (d *positiveDuration) Set(s string) error {
	value, err := time.ParseDuration(s)
	if err != nil || value <= 0 {
		return fmt.Errorf("must be a time such as 10s or 1m30s")
	}
	*d = positiveDuration(value)
	return nil
}

// A positiveCount is the value of a flag that counts from 1; 0: not given.
type positiveCount int

func (c *positiveCount) String() string {
	if *c == 0 {
		return ""
	}
	return strconv.Itoa(int(*c))
}

func (c *positiveCount) Type() string { return "number" }

// Set implements pflag.Value.
func (c *positiveCount) Set(s string) error {
	n, err := strconv.Atoi(s)
	if err != nil || n < 1 {
		return errors.New("must be a number from 1")
	}
	*c = positiveCount(n)
	return nil
}

// A sizeValue is the value of a flag that is a number of bytes.
type sizeValue struct {
	size *notebook.Size
	min  notebook.Size
}

func (v *sizeValue) String() string {
	if v.size == nil || *v.size == 0 {
		return ""
	}
	return v.size.String()
}

func (v *sizeValue) Type() string { return "size" }

// Set implements pflag.Value.
func (v *sizeValue) Set(s string) error {
	size, err := notebook.ParseSize(s)
	switch {
	case err != nil:
		return errors.New("must be a size such as 256MiB, 1GiB or 500MB")
	case size < v.min:
		return fmt.Errorf("must be at least %s", v.min)
	}
	*v.size = size
	return nil
}

// completeNotes lets a shell complete the names of notes and folders.
func completeNotes(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	return []string{"md", "markdown"}, cobra.ShellCompDirectiveFilterFileExt
}
