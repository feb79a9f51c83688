using System.Globalization;
using Microsoft.Data.Sqlite;
using ServiceOffices.Register;

namespace ServiceOffices.Storage;

/// <summary>The register in the embedded database: one row an office, one row an event.</summary>
/// <param name="path">The database file; made where it is missing.</param>
public sealed class SqliteRegisterStore(string path) : IRegisterStore
{
    private static readonly string InsertOffice = Insert("office", ["id", "version", .. OfficeRow.Columns.Select(column => column.Name)]);
    private static readonly string InsertEvent = Insert("event", ["officeId", "number", .. EventRow.Columns.Select(column => column.Name)]);

    private readonly SqliteFile file = new(path);

    public Task<RegisterContent> ReadAllAsync(CancellationToken cancellationToken) => file.ReadAsync(
        connection =>
        {
            List<StoredEntry> entries = [];
            List<RejectedRow> rejected = [];
            foreach (var builder in Builders(connection, "").OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => pair.Value))
            {
                builder.AddTo(entries, rejected);
            }

            return new RegisterContent(entries, rejected);
        },
        cancellationToken);

    public Task<StoredEntry?> ReadAsync(string officeId, CancellationToken cancellationToken) => file.ReadAsync(
        connection => Builders(connection, "WHERE {0} = $1", officeId).GetValueOrDefault(officeId)?.Whole(),
        cancellationToken);

    /// <param name="where">The same condition for both tables; {0} stands for the column with the office's id.</param>
    private static Dictionary<string, EntryBuilder> Builders(SqliteConnection connection, string where, params object?[] values)
    {
        Dictionary<string, EntryBuilder> builders = new(StringComparer.Ordinal);
        foreach (var row in connection.Rows($"SELECT * FROM office {Condition("id")}", values))
        {
            var id = row.GetString(0);
            builders[id] = new EntryBuilder(id);
            builders[id].AddOffice(Reader(row), ETagOf(row["version"]));
        }

        foreach (var row in connection.Rows($"SELECT * FROM event {Condition("officeId")}", values))
        {
            var id = row.GetString(0);
            if (!builders.TryGetValue(id, out var builder))
            {
                builders[id] = builder = new EntryBuilder(id);
            }

            if (row["number"] is long number and >= 1 and <= int.MaxValue)
            {
                builder.AddEvent((int)number, Reader(row));
            }
            else
            {
                builder.AddUnknown(new Problem("number", Convert.ToString(row["number"], CultureInfo.InvariantCulture), "a whole number from 1"));
            }
        }

        return builders;

        string Condition(string column) => string.Format(CultureInfo.InvariantCulture, where, column);
    }

    private static RowReader Reader(SqliteDataReader row) => new(name => row[name] is var value and not DBNull ? value : null);

    public Task<string> WriteAsync(RegisterEntry entry, string? ifMatch, CancellationToken cancellationToken)
    {
        RowLimits.Check(entry);
        return file.WriteAsync(
            connection =>
            {
                var office = entry.Office;
                CheckVersion(connection, office.Id, ifMatch);
                DeleteRows(connection, office.Id);
                var version = connection.Scalar(SqliteTables.NextVersion);
                connection.Execute(InsertOffice, [office.Id, version, .. OfficeRow.Columns.Select(column => column.Value(office))]);
                foreach (var happened in entry.Events)
                {
                    connection.Execute(InsertEvent, [office.Id, happened.Number, .. EventRow.Columns.Select(column => column.Value(happened))]);
                }

                return ETagOf(version);
            },
            cancellationToken);
    }

    public Task RemoveAsync(string officeId, string ifMatch, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(ifMatch);
        return file.WriteAsync(
            connection =>
            {
                CheckVersion(connection, officeId, ifMatch);
                return DeleteRows(connection, officeId);
            },
            cancellationToken);
    }

    private static void CheckVersion(SqliteConnection connection, string officeId, string? ifMatch)
    {
        var version = connection.Scalar("SELECT version FROM office WHERE id = $1", officeId);
        RegisterConflict.ThrowUnlessMatch(officeId, version is null ? null : ETagOf(version), ifMatch);
    }

    private static int DeleteRows(SqliteConnection connection, string officeId) =>
        connection.Execute("DELETE FROM office WHERE id = $1", officeId) + connection.Execute("DELETE FROM event WHERE officeId = $1", officeId);

    private static string ETagOf(object? version) => string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");

    private static string Insert(string table, IReadOnlyList<string> columns) =>
        $"INSERT INTO {table} ({string.Join(", ", columns.Select(name => $"\"{name}\""))}) VALUES ({string.Join(", ", columns.Select((_, index) => $"${index + 1}"))})";
}
