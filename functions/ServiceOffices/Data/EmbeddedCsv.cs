using System.Globalization;
using System.Text;
using Sylvan.Data.Csv;

namespace ServiceOffices.Data;

/// <summary>A CSV file that the platform carries in itself (RFC 4180, UTF-8, a header line).</summary>
internal static class EmbeddedCsv
{
    /// <summary>Every row in the order of the file.</summary>
    public static IReadOnlyList<T> Read<T>(string file, Func<Row, T> row)
    {
        var stream = typeof(EmbeddedCsv).Assembly.GetManifestResourceStream(file)
            ?? throw new InvalidOperationException($"The assembly carries no file '{file}'.");
        using var csv = CsvDataReader.Create(new StreamReader(stream, Encoding.UTF8));
        List<T> rows = [];
        while (csv.Read())
        {
            rows.Add(row(new Row(csv)));
        }

        return rows;
    }

    /// <summary>The row that is being read.</summary>
    public readonly struct Row(CsvDataReader csv)
    {
        public string Text(string column) => csv.GetString(csv.GetOrdinal(column));

        /// <summary>Null where the field is empty.</summary>
        public string? OptionalText(string column) => Text(column) is { Length: > 0 } text ? text : null;

        public int Integer(string column) => int.Parse(Text(column), NumberStyles.None, CultureInfo.InvariantCulture);

        public double Number(string column) => double.Parse(Text(column), NumberStyles.Float, CultureInfo.InvariantCulture);

        /// <summary>Null where the field is empty.</summary>
        public double? OptionalNumber(string column) => OptionalText(column) is null ? null : Number(column);

        public DateOnly Date(string column) => DateOnly.ParseExact(Text(column), "yyyy-MM-dd", CultureInfo.InvariantCulture);

        /// <summary>The parts of a field, none where it is empty.</summary>
        public string[] Parts(string column, char separator) => Text(column).Split(separator, StringSplitOptions.RemoveEmptyEntries);
    }
}
