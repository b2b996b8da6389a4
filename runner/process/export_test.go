package process

// AwaitCut returns when the outputs of an ended child have been cut.
func AwaitCut(c *Child) {
	<-c.cutDone
}
