using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text;
using ODataEngine.Model;

namespace ODataEngine.Execution.Filters;

/// <summary>Provides the searchable strings of each row of a set, folded; they are computed on first use.</summary>
internal static class SearchableStrings
{
    // No search term contains it, so no term matches across two strings.
    private const char Separator = '\n';

    private static readonly ConditionalWeakTable<TableSet, ConcurrentDictionary<string, string[]>> Cache = [];

    /// <summary>Gets the folded string of every row of a set, by row number.</summary>
    public static string[] Get(TableSet tables, EntitySet set) =>
        Cache.GetOrCreateValue(tables).GetOrAdd(set.Name, _ => Build(tables[set], set.SearchPaths));

    private static string[] Build(Table table, IReadOnlyList<string> paths)
    {
        var steps = paths.Select(path => path.Split('/')).ToList();
        var strings = new string[table.Count];
        var buffer = new StringBuilder();
        for (var row = 0; row < strings.Length; row++)
        {
            buffer.Clear();
            foreach (var path in steps)
            {
                Append(buffer, table, row, path);
            }

            strings[row] = SearchFolding.Fold(buffer.ToString());
        }

        return strings;
    }

    private static void Append(StringBuilder buffer, Table table, int row, ReadOnlySpan<string> steps)
    {
        switch (table[steps[0]])
        {
            case ValueColumn<string> column when column.TryGet(row, out var value):
                buffer.Append(value).Append(Separator);
                break;
            case ComplexColumn column when !column.IsNull(row):
                Append(buffer, column.Fields, row, steps[1..]);
                break;
            case CollectionColumn column:
                string[] item = [CollectionColumn.ItemName];
                for (var i = column.Starts[row]; i < column.Starts[row + 1]; i++)
                {
                    Append(buffer, column.Elements, i, steps.Length > 1 ? steps[1..] : item);
                }

                break;
            case NavigationColumn column:
                foreach (var target in column.GetTargets(row))
                {
                    Append(buffer, column.Target, target, steps[1..]);
                }

                break;
        }
    }
}
