package chains_test

import (
	"encoding/csv"
	"os"
	"strconv"
	"testing"

	"undercurrent/sim/chains"
)

// readTable returns the records of a file of testdata.
func readTable(t *testing.T, name string) [][]string {
	t.Helper()
	file, err := os.Open("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	records, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return records
}

func number(t *testing.T, s string) float64 {
	t.Helper()
	v, err := strconv.ParseFloat(s, 64)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// storedDraws returns the columns of draws.csv, by chain and draw.
func storedDraws(t *testing.T) map[string][][]float64 {
	t.Helper()
	records := readTable(t, "draws.csv")
	columns := make(map[string][][]float64)
	for _, record := range records[1:] {
		chain := int(number(t, record[0])) - 1
		for c, name := range records[0][1:] {
			for len(columns[name]) <= chain {
				columns[name] = append(columns[name], nil)
			}
			columns[name][chain] = append(columns[name][chain], number(t, record[c+1]))
		}
	}
	return columns
}

// statistics are those of reference.R.
func statistics() map[string]func(*chains.Quantity) chains.Estimate {
	type q = *chains.Quantity
	at := func(f func(q, float64) chains.Estimate, p float64) func(q) chains.Estimate {
		return func(x q) chains.Estimate { return f(x, p) }
	}
	return map[string]func(q) chains.Estimate{
		"rhat": q.RHat, "rhat_basic": q.BasicRHat, "ess_bulk": q.ESSBulk, "ess_tail": q.ESSTail, "ess_mean": q.ESSMean,
		"ess_q25": at(q.ESSQuantile, 0.25), "ess_median": at(q.ESSQuantile, 0.5), "ess_greatest": at(q.ESSQuantile, 1),
		"mcse_mean": q.MCSEMean, "mcse_sd": q.MCSESD, "mcse_q05": at(q.MCSEQuantile, 0.05),
		"mcse_median": at(q.MCSEQuantile, 0.5), "mcse_q95": at(q.MCSEQuantile, 0.95),
		"mean": q.Mean, "sd": q.SD, "q05": at(q.Quantile, 0.05), "q37": at(q.Quantile, 0.37),
	}
}

// positive is the event of the statistic ess_positive.
func positive(draws [][]float64) [][]bool {
	happens := make([][]bool, len(draws))
	for i, chain := range draws {
		for _, x := range chain {
			happens[i] = append(happens[i], x > 0)
		}
	}
	return happens
}

func TestStatisticsAreThoseOfPosterior(t *testing.T) {
	columns, known := storedDraws(t), statistics()
	for _, record := range readTable(t, "reference.csv")[1:] {
		column, from, statistic := record[0], record[1], record[2]
		draws := columns[column]
		switch from {
		case "first":
			draws = draws[:1]
		case "twelve":
			short := make([][]float64, len(draws))
			for i := range draws {
				short[i] = draws[i][:12]
			}
			draws = short
		}
		var got chains.Estimate
		if statistic == "ess_positive" {
			var err error
			if got, err = chains.ESSIndicator(positive(draws)); err != nil {
				t.Fatal(err)
			}
		} else {
			q, err := chains.NewQuantity(draws)
			if err != nil {
				t.Fatal(err)
			}
			got = known[statistic](q)
		}
		if record[3] == "NA" {
			if got.Defined() {
				t.Errorf("%s of %s, %s: %v, expected none", statistic, column, from, got.Value)
			}
			continue
		}
		if want := number(t, record[3]); !got.Defined() || !near(got.Value, want, 1e-9) {
			t.Errorf("%s of %s, %s: %v (%s), expected %v", statistic, column, from, got.Value, got.Reason, want)
		}
	}
}

func TestAutocorrelationsAreThoseOfR(t *testing.T) {
	q, err := chains.NewQuantity(storedDraws(t)["slow"])
	if err != nil {
		t.Fatal(err)
	}
	for i, record := range readTable(t, "lags.csv") {
		for k, rho := range q.Correlations(len(record) - 1)[i].Rho {
			if want := number(t, record[k]); !near(rho, want, 1e-9) {
				t.Errorf("chain %d, lag %d: %v, expected %v", i+1, k, rho, want)
			}
		}
	}
}
