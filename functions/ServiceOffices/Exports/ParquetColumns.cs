using Parquet.Schema;
using ServiceOffices.Tables;

namespace ServiceOffices.Exports;

/// <summary>A table's columns as a Parquet schema, and for each of its leaves what writes it.</summary>
internal sealed class ParquetColumns
{
    private const string Item = "element"; // Apache Parquet, LogicalTypes: LIST

    private readonly RowSet rows;
    private readonly List<ParquetLeaf> leaves = [];

    public ParquetColumns(RowSet rows)
    {
        this.rows = rows;
        Fields = [.. FieldsOf(rows.Table, [])];
    }

    public IReadOnlyList<Field> Fields { get; }

    /// <summary>In the order of the schema's leaves.</summary>
    public IReadOnlyList<ParquetLeaf> Leaves => leaves;

    private IEnumerable<Field> FieldsOf(Table table, Column[] way)
    {
        var properties = table.Type.AllProperties;
        for (var i = 0; i < properties.Count; i++)
        {
            if (!properties[i].IsNavigation && FieldOf(properties[i].Name, table.ColumnAt(i), way, table.Type.Key.Contains(properties[i])) is { } field)
            {
                yield return field;
            }
        }
    }

    /// <summary>Null where a structure has nothing in it: Parquet knows no empty groups.</summary>
    private Field? FieldOf(string name, Column column, Column[] way, bool isKey)
    {
        switch (column)
        {
            case ComplexColumn complex:
                Field[] parts = [.. FieldsOf(complex.Fields, [.. way, complex])];
                return parts.Length == 0 ? null : new StructField(name, parts);
            case CollectionColumn { Property.ElementType: StructuredType } collection:
                Field[] members = [.. FieldsOf(collection.Elements, [.. way, collection])];
                return members.Length == 0 ? null : new ListField(name, new StructField(Item, members));
            case CollectionColumn collection:
                return new ListField(name, FieldOf(Item, collection.Elements.ColumnAt(0), [.. way, collection], isKey: false)!);
            default:
                var (field, leaf) = LeafOf(name, column, way, isNullable: way.Length > 0 || !isKey);
                leaves.Add(leaf);
                return field;
        }
    }

    private (DataField Field, ParquetLeaf Leaf) LeafOf(string name, Column column, Column[] way, bool isNullable)
    {
        return column switch
        {
            ValueColumn<string> c => Text(c, value => value),
            ValueColumn<double> c => Plain(c),
            ValueColumn<float> c => Plain(c),
            ValueColumn<bool> c => Plain(c),
            ValueColumn<int> { Property.ElementType: EnumType type } c => Text(c, value => JsonValues.MemberName(type, value)),
            ValueColumn<int> c => Plain(c),
            ValueColumn<long> c => Plain(c),
            ValueColumn<short> c => Plain(c),
            ValueColumn<byte> c => Plain(c),
            ValueColumn<sbyte> c => Plain(c),
            ValueColumn<Guid> c => Plain(c),
            ValueColumn<DateOnly> c => Plain(c),
            ValueColumn<DateTimeOffset> c => (
                new DateTimeDataField(name, DateTimeFormat.Timestamp, isAdjustedToUTC: true, DateTimeTimeUnit.Micros, isNullable), new ParquetLeaf<DateTimeOffset, DateTime>(c, way, value => value.UtcDateTime)),
            ValueColumn<decimal> c => Decimal(c),
            ValueColumn<GeoPoint> c => Binary(c, Wkb.Of),
            ValueColumn<Geometry> c => Binary(c, Wkb.Of),
            ValueColumn<byte[]> c => Binary(c, value => value),
            // A time of day has no zone, and the one type that this writer has for it says UTC.
            ValueColumn<TimeOnly> c => Text(c, value => JsonValues.Text(Single(c, value), 0)!),
            ValueColumn<TimeSpan> c => Text(c, value => JsonValues.Text(Single(c, value), 0)!),
            _ => throw new NotSupportedException($"'{column.Property}' of type {column.Property.Type} is not a value that Parquet can hold."),
        };

        (DataField, ParquetLeaf) Plain<T>(ValueColumn<T> from)
            where T : struct => (new DataField(name, typeof(T), isNullable), new ParquetLeaf<T, T>(from, way, value => value));

        (DataField, ParquetLeaf) Text<T>(ValueColumn<T> from, Func<T, string> text) =>
            (new DataField(name, typeof(string), isNullable), new ParquetLeaf<T, ReadOnlyMemory<char>>(from, way, value => text(value).AsMemory()));

        (DataField, ParquetLeaf) Binary<T>(ValueColumn<T> from, Func<T, byte[]> bytes) =>
            (new DataField(name, typeof(byte[]), isNullable), new ParquetLeaf<T, ReadOnlyMemory<byte>>(from, way, value => bytes(value)));

        (DataField, ParquetLeaf) Decimal(ValueColumn<decimal> from)
        {
            var leaf = new ParquetLeaf<decimal, decimal>(from, way, value => value);
            var (digits, scale) = DecimalSize.Of(leaf.Values(rows.Rows));
            return digits + scale <= DecimalSize.MaxDigits
                ? (new DecimalDataField(name, Math.Max(1, digits + scale), scale, isNullable: isNullable), leaf)
                : Text(from, value => JsonValues.Text(Single(from, value), 0)!);
        }
    }

    private static ValueColumn<T> Single<T>(ValueColumn<T> like, T value) => new(like.Property, [value], null);
}
