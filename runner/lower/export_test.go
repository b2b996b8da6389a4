package lower

import "time"

// SetMaxTime sets how long lowering may take until restore is called.
func SetMaxTime(d time.Duration) (restore func()) {
	before := maxTime
	maxTime = d
	return func() { maxTime = before }
}
