using Microsoft.Data.Sqlite;

namespace ServiceOffices.Storage;

/// <summary>One line a statement; parameters are <c>$1</c>, <c>$2</c> … in their order.</summary>
internal static class SqliteConnectionExtensions
{
    /// <returns>The number of rows that the statement changed.</returns>
    public static int ExecuteNonQuery(this SqliteConnection connection, string sql, params object?[] values)
    {
        using var command = connection.CreateParameterizedCommand(sql, values);
        return command.ExecuteNonQuery();
    }

    /// <returns>The first row's first value; null where there is none.</returns>
    public static object? ExecuteScalar(this SqliteConnection connection, string sql, params object?[] values)
    {
        using var command = connection.CreateParameterizedCommand(sql, values);
        return command.ExecuteScalar() is var value and not DBNull ? value : null;
    }

    public static IEnumerable<SqliteDataReader> Query(this SqliteConnection connection, string sql, params object?[] values)
    {
        using var command = connection.CreateParameterizedCommand(sql, values);
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            yield return reader;
        }
    }

    private static SqliteCommand CreateParameterizedCommand(this SqliteConnection connection, string sql, object?[] values)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (index, value) in values.Index())
        {
            command.Parameters.AddWithValue($"${index + 1}", value ?? DBNull.Value);
        }

        return command;
    }
}
