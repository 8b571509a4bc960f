# Makes the files of R 4.2.2 from base.csv: Rscript make.R
base <- read.csv("base.csv")
pair <- base[c("mu", "tau")]
write.csv(pair, "r.csv")
write.csv2(pair, "r2.csv")
write.table(pair, "r.txt")
write.csv(data.frame(.chain = paste0("chain:", base$chain), .iteration = base$draw, pair, ok = base$mu < -1), "tidy.csv", row.names = FALSE)
