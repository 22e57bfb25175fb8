package web

import (
	"strings"

	"mend/internal/account"
)

// deviceOf makes out of a User-Agent the two words by which a person knows a device of
// theirs again; the rest of it, which tells devices apart, is dropped.
func deviceOf(agent string) account.Device {
	return account.Device{Browser: firstIn(agent, browsers), System: firstIn(agent, systems)}
}

// Each is looked for in this order: most browsers name others as well.
var (
	browsers = [][2]string{
		{"Edg", "edge"},
		{"OPR/", "opera"},
		{"SamsungBrowser/", "samsung"},
		{"Firefox/", "firefox"},
		{"FxiOS/", "firefox"},
		{"Chrome/", "chrome"},
		{"CriOS/", "chrome"},
		{"Safari/", "safari"},
	}
	systems = [][2]string{
		{"Android", "android"},
		{"iPhone", "ios"},
		{"iPad", "ios"},
		{"CrOS", "chromeos"},
		{"Windows", "windows"},
		{"Mac OS X", "macos"},
		{"Linux", "linux"},
	}
)

func firstIn(agent string, words [][2]string) string {
	for _, w := range words {
		if strings.Contains(agent, w[0]) {
			return w[1]
		}
	}
	return "other"
}
