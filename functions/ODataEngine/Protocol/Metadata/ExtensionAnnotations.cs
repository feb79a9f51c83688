using Microsoft.OData.Edm;
using Microsoft.OData.Edm.Vocabularies;
using ODataEngine.Model;
using ODataEngine.Parsing.Apply;
using ODataEngine.Parsing.Expressions;

namespace ODataEngine.Protocol.Metadata;

/// <summary>Annotates the service and its sets with their support of <c>$apply</c> (Aggregation vocabulary) and <c>$at</c> (Temporal vocabulary).</summary>
internal static class ExtensionAnnotations
{
    // The vocabulary has a description for what is not fully implemented.
    private const string ApplyDescription =
        "rollup takes properties, not hierarchies, and there is no rolluprecursive. The keyword from is supported once, as the only expression of an aggregate.";

    public static void Add(EdmModel edm, EntityModel model, MetadataOptions options)
    {
        if (options.Apply)
        {
            Vocabulary.Aggregation.Annotate(edm, edm.EntityContainer, "ApplySupportedDefaults", CreateApplyDefaults(edm));
        }

        foreach (var set in model.Sets)
        {
            var target = edm.EntityContainer.FindEntitySet(set.Name);
            if (options.Apply)
            {
                Vocabulary.Aggregation.Annotate(edm, target, "ApplySupported", new EdmRecordExpression(
                    new EdmPropertyConstructor("GroupableProperties", new EdmCollectionExpression(set.Type.Properties.Where(IsGroupable).Select(CreatePath))),
                    new EdmPropertyConstructor("AggregatableProperties", new EdmCollectionExpression(set.Type.Properties.Where(IsAggregatable).Select(CreateAggregatable)))));
            }

            if (set.HasTimeline)
            {
                Vocabulary.Temporal.Annotate(edm, target, "ApplicationTimeSupport", new EdmRecordExpression(
                    new EdmPropertyConstructor("UnitOfTime", new EdmRecordExpression(Vocabulary.Temporal.GetComplexType("UnitOfTimeDate"))),
                    new EdmPropertyConstructor("Timeline", new EdmRecordExpression(Vocabulary.Temporal.GetComplexType("TimelineSnapshot"))),
                    new EdmPropertyConstructor("SupportedActions", new EdmCollectionExpression())));
            }
        }
    }

    private static AnnotatableRecord CreateApplyDefaults(EdmModel edm)
    {
        // expand is a transformation of earlier drafts, which the vocabulary does not have.
        var transformations = ApplyParser.TransformationNames.Where(name => name != "expand").Select(name => new EdmStringConstant(name));
        var record = new AnnotatableRecord(
            new EdmPropertyConstructor("Transformations", new EdmCollectionExpression(transformations)),
            new EdmPropertyConstructor("Rollup", Vocabulary.Aggregation.CreateEnumMember("RollupType", "MultipleHierarchies")),
            new EdmPropertyConstructor("From", new EdmBooleanConstant(true)));
        Vocabulary.Core.Annotate(edm, record, "Description", new EdmStringConstant(ApplyDescription));
        return record;
    }

    private static bool IsGroupable(Property property) =>
        !property.IsCollection && (property.Type is not StructuredType type || type.Properties.Any(nested => !nested.IsNavigation && IsGroupable(nested)));

    private static bool IsAggregatable(Property property) => !property.IsNavigation && property.ElementType is PrimitiveType or EnumType;

    private static IEdmExpression CreatePath(Property property) =>
        property.IsNavigation ? new EdmNavigationPropertyPathExpression(property.Name) : new EdmPropertyPathExpression(property.Name);

    private static EdmRecordExpression CreateAggregatable(Property property)
    {
        var type = property.ElementType;
        var hasOrder = TypeRules.IsOrdered(type);
        var hasSum = type is PrimitiveType primitive && (primitive.IsNumeric || primitive.Kind == PrimitiveKind.Duration);
        var path = new EdmPropertyConstructor("Property", new EdmPropertyPathExpression(property.Name));
        if (hasSum && hasOrder)
        {
            // Without the list, all methods are supported.
            return new EdmRecordExpression(path);
        }

        string[] methods = hasOrder ? ["min", "max", "countdistinct"] : ["countdistinct"];
        return new EdmRecordExpression(
            path, new EdmPropertyConstructor("SupportedAggregationMethods", new EdmCollectionExpression(methods.Select(method => new EdmStringConstant(method)))));
    }
}
