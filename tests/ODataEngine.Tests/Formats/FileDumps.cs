using System.IO.Compression;
using System.Text;
using Microsoft.Data.Sqlite;
using ServiceOffices.Testing;

namespace ODataEngine.Tests.Formats;

/// <summary>Dumps a SQLite database as one string: its settings, and the definition and rows of each table.</summary>
internal static class GeoPackageDump
{
    public static byte[] Format(byte[] file)
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "file.gpkg");
        File.WriteAllBytes(path, file);
        using var connection = new SqliteConnection($"Data Source={path};Mode=ReadOnly;Pooling=False");
        connection.Open();
        var text = new StringBuilder();
        foreach (var setting in (string[])["application_id", "user_version", "integrity_check", "foreign_key_check"])
        {
            text.Append(setting).Append(": ").AppendJoin('\n', Rows(connection, "PRAGMA " + setting)).Append('\n');
        }

        foreach (var table in Rows(connection, "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY rowid"))
        {
            text.Append("== ").AppendJoin('\n', Rows(connection, $"SELECT sql FROM sqlite_master WHERE name = '{table}'")).Append('\n');
            text.AppendJoin('\n', Rows(connection, $"SELECT * FROM \"{table}\"")).Append('\n');
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static List<string> Rows(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
        {
            rows.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(i => reader.GetValue(i) switch
            {
                DBNull => "null",
                byte[] bytes => Convert.ToHexStringLower(bytes),
                double number => number.ToString(System.Globalization.CultureInfo.InvariantCulture),
                var value => value.ToString(),
            })));
        }

        return rows;
    }
}

/// <summary>Dumps a ZIP archive as one string: the name and content of each part.</summary>
internal static class ZipDump
{
    public static byte[] Format(byte[] file)
    {
        using var zip = new ZipArchive(new MemoryStream(file));
        var text = new StringBuilder();
        foreach (var entry in zip.Entries)
        {
            Assert.Equal(new DateTime(1980, 1, 1), entry.LastWriteTime.DateTime);
            using var reader = new StreamReader(entry.Open(), Encoding.UTF8);
            text.Append("== ").Append(entry.FullName).Append('\n').Append(reader.ReadToEnd().Replace("<row ", "\n<row ", StringComparison.Ordinal)).Append('\n');
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }
}
