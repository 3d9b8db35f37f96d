"""Link Reports that tell of one happening into Events."""
