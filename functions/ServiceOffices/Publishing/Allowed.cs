using ServiceOffices.Register;
using ServiceOffices.Tables;

namespace ServiceOffices.Publishing;

/// <summary>A code list as a column states it.</summary>
internal static class Allowed
{
    public static IReadOnlyList<AllowedValue> By(CodeList list) =>
        [.. list.Codes.Select(code => new AllowedValue(code.Value, new Text(code.En, code.Sv)))];
}
