using System.Globalization;
using System.Text;
using Sylvan.Data.Csv;

namespace ServiceOffices.Seed;

/// <summary>Reads a CSV file that is embedded in the assembly (RFC 4180, UTF-8, with a header line).</summary>
internal static class EmbeddedCsvReader
{
    /// <summary>Reads all rows in the order of the file.</summary>
    public static IReadOnlyList<T> Read<T>(string file, Func<Row, T> row)
    {
        var stream = typeof(EmbeddedCsvReader).Assembly.GetManifestResourceStream(file)
            ?? throw new InvalidOperationException($"The assembly has no embedded file '{file}'.");
        using var csv = CsvDataReader.Create(new StreamReader(stream, Encoding.UTF8));
        List<T> rows = [];
        while (csv.Read())
        {
            rows.Add(row(new Row(csv)));
        }

        return rows;
    }

    /// <summary>The current row.</summary>
    public readonly struct Row(CsvDataReader csv)
    {
        public bool HasColumn(string column) => csv.GetColumnSchema().Any(found => found.ColumnName == column);

        public string GetString(string column) => csv.GetString(csv.GetOrdinal(column));

        /// <summary>Gets a value; null if the field is empty.</summary>
        public string? GetOptionalString(string column) => GetString(column) is { Length: > 0 } text ? text : null;

        public int GetInt32(string column) => int.Parse(GetString(column), NumberStyles.None, CultureInfo.InvariantCulture);

        public double GetDouble(string column) => double.Parse(GetString(column), NumberStyles.Float, CultureInfo.InvariantCulture);

        /// <summary>Gets a value; null if the field is empty.</summary>
        public double? GetOptionalDouble(string column) => GetOptionalString(column) is null ? null : GetDouble(column);

        public DateOnly GetDate(string column) => DateOnly.ParseExact(GetString(column), "yyyy-MM-dd", CultureInfo.InvariantCulture);

        /// <summary>Splits a field; an empty field has no parts.</summary>
        public string[] GetParts(string column, char separator) => GetString(column).Split(separator, StringSplitOptions.RemoveEmptyEntries);
    }
}
