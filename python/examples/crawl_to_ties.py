"""From the WARC files of a news crawl to ties, and to a run that the program opens.

    spark-submit crawl_to_ties.py CRAWL RUN

CRAWL is a folder of WARC files that Spark reads: `s3a://…`, `hdfs://…` or a local one. RUN is a
folder on the driver.
"""

import sys

from pyspark.sql import DataFrame, SparkSession
from tieline import spark as ts


def crawl_to_ties(spark: SparkSession, crawl: str, run: str) -> DataFrame:
    """The ties of a crawl; writes its run on the way."""
    files = spark.read.format("binaryFile").option("pathGlobFilter", "*.warc.gz").load(crawl)
    records = ts.read_files(files)
    # Reading is the slow step: what it gives is kept, and all else follows from it.
    records.write.mode("overwrite").parquet(f"{run}-records")
    records = spark.read.parquet(f"{run}-records")
    ts.write_run(records, run)
    return ts.ties(ts.claims(records))


if __name__ == "__main__":
    session = SparkSession.builder.appName("crawl to ties").getOrCreate()
    crawl_to_ties(session, sys.argv[1], sys.argv[2]).orderBy("weight", ascending=False).show(50, truncate=60)
