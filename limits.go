package notebook

func (p *noteParser) overLimits() bool { return false }
