using ODataEngine.Model;
using ServiceOffices.Register.Model;

namespace ServiceOffices.Schema;

// The stored columns. A store holds a string, a number or a boolean: dates and collections are strings (StoredValueFormat).
internal sealed partial class EntityColumns<TRow, TEntity>
{
    /// <param name="write">Returns the entity with a value; not called for a value that is missing.</param>
    /// <param name="required">True if every entity has a value.</param>
    /// <param name="codes">The allowed codes; null if every string is allowed.</param>
    public EntityColumns<TRow, TEntity> HasString(
        string column, Func<TEntity, string?> read, Func<TEntity, string, TEntity> write, LocalizedString title, LocalizedString description,
        bool required = false, CodeList? codes = null)
    {
        Mapping.HasProperty(column, row => read(getEntity(row)), title, description, required, allowedValues: codes?.ToAllowedValues());
        AddStored(column, StoredColumnType.String, read, (entity, row, storedName) =>
            (required ? row.GetRequiredString(storedName) : row.GetString(storedName)) is { } value ? write(entity, value) : entity);
        return codes is null ? this
            : required ? WithRule((validator, field, entity) => validator.CheckCode(field, read(entity), codes))
            : WithRule((validator, field, entity) => validator.CheckOptionalCode(field, read(entity), codes));
    }

    public EntityColumns<TRow, TEntity> HasNumber(
        string column, Func<TEntity, double?> read, Func<TEntity, double, TEntity> write, LocalizedString title, LocalizedString description, string? unit = null)
    {
        Mapping.HasProperty(column, row => read(getEntity(row)), title, description, unit);
        return AddStored(column, StoredColumnType.Number, entity => read(entity), (entity, row, storedName) =>
            row.GetNumber(storedName) is { } value ? write(entity, value) : entity);
    }

    public EntityColumns<TRow, TEntity> HasBoolean(
        string column, Func<TEntity, bool?> read, Func<TEntity, bool, TEntity> write, LocalizedString title, LocalizedString description)
    {
        Mapping.HasProperty(column, row => read(getEntity(row)), title, description);
        return AddStored(column, StoredColumnType.Boolean, entity => read(entity), (entity, row, storedName) =>
            row.GetBoolean(storedName) is { } value ? write(entity, value) : entity);
    }

    public EntityColumns<TRow, TEntity> HasDate(
        string column, Func<TEntity, DateOnly?> read, Func<TEntity, DateOnly, TEntity> write, LocalizedString title, LocalizedString description)
    {
        Mapping.HasProperty(column, row => read(getEntity(row)), title, description);
        return AddStored(column, StoredColumnType.String, entity => StoredValueFormat.Format(read(entity)), (entity, row, storedName) =>
                row.GetDate(storedName) is { } value ? write(entity, value) : entity)
            .WithRule((validator, field, entity) => validator.CheckOptionalDate(field, read(entity)));
    }

    public EntityColumns<TRow, TEntity> HasRequiredDate(
        string column, Func<TEntity, DateOnly> read, Func<TEntity, DateOnly, TEntity> write, LocalizedString title, LocalizedString description)
    {
        Mapping.HasProperty(column, row => read(getEntity(row)), title, description);
        return AddStored(column, StoredColumnType.String, entity => StoredValueFormat.Format(read(entity)), (entity, row, storedName) =>
                write(entity, row.GetRequiredDate(storedName)))
            .WithRule((validator, field, entity) => validator.CheckDate(field, read(entity)));
    }

    public EntityColumns<TRow, TEntity> HasStringList(
        string column, Func<TEntity, IReadOnlyList<string>> read, Func<TEntity, IReadOnlyList<string>, TEntity> write, LocalizedString title, LocalizedString description)
    {
        Mapping.HasStringCollection(column, row => read(getEntity(row)), title, description);
        return AddStored(column, StoredColumnType.String, entity => StoredValueFormat.Format(read(entity)), (entity, row, storedName) =>
            row.GetList<string>(storedName, "strings") is { Count: > 0 } items ? write(entity, items) : entity, isList: true);
    }

    /// <param name="itemDescription">The items as a message names them.</param>
    /// <param name="isComplete">Returns false for an item that could be read and still lacks a value.</param>
    public EntityColumns<TRow, TEntity> HasObjectList<TItem>(
        string column, Func<TEntity, IReadOnlyList<TItem>> read, Func<TEntity, IReadOnlyList<TItem>, TEntity> write, TypeMapping<TItem> type,
        LocalizedString title, LocalizedString description, string itemDescription, Func<TItem, bool>? isComplete = null)
        where TItem : class
    {
        Mapping.HasComplexCollection(column, row => read(getEntity(row)), type, title, description);
        return AddStored(column, StoredColumnType.String, entity => StoredValueFormat.Format(read(entity)), (entity, row, storedName) =>
            row.GetList(storedName, itemDescription, isComplete) is { Count: > 0 } items ? write(entity, items) : entity, isList: true);
    }

    /// <summary>Adds an object with a stored column for each part: <c>address/street</c> is stored as <c>addressStreet</c>. An object without any part reads back as null.</summary>
    /// <param name="empty">The object without any part.</param>
    public EntityColumns<TRow, TEntity> HasObject<TPart>(
        string column, Func<TEntity, TPart?> read, Func<TEntity, TPart, TEntity> write, EntityColumns<TPart, TPart> parts, TPart empty,
        LocalizedString title, LocalizedString description)
        where TPart : class
    {
        Mapping.HasComplexProperty(column, row => read(getEntity(row)), parts.Mapping, title, description);
        foreach (var (part, definition) in parts.Stored.Zip(parts.All))
        {
            var storedName = column + char.ToUpperInvariant(part.Name[0]) + part.Name[1..];
            columns.Add(definition with { Name = $"{column}/{definition.Name}", StoredName = storedName });
            stored.Add(new StoredColumn<TEntity>(storedName, part.Type, entity => read(entity) is { } value ? part.GetValue(value) : null, (entity, row, partName) =>
            {
                var before = read(entity) ?? empty;
                var after = part.Read(before, row, partName);
                return ReferenceEquals(before, after) ? entity : write(entity, after);
            }));
        }

        rules.Add((validator, prefix, entity) =>
        {
            if (read(entity) is { } value)
            {
                parts.Validate(validator, $"{prefix}{column}.", value);
            }
        });
        return this;
    }

    private EntityColumns<TRow, TEntity> AddStored(
        string column, StoredColumnType type, Func<TEntity, object?> getValue, Func<TEntity, StoredRowReader, string, TEntity> read, bool isList = false)
    {
        columns.Add(new EntityColumn(column, column, type, IsKey: false, isList));
        stored.Add(new StoredColumn<TEntity>(column, type, getValue, read));
        return this;
    }
}
